using AlertEngine.Simulation;
using AlertEngine.Simulation.Running;

if (args.Contains("--seeds"))
    return SimulationProgram.Run(args);
return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
