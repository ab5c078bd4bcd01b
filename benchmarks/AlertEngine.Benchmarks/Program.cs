using AlertEngine.Benchmarks;
using AlertEngine.Benchmarks.Capacity;
using AlertEngine.Benchmarks.Match;
using AlertEngine.Benchmarks.Recovery;
using BenchmarkDotNet.Running;

return args switch
{
    ["match", .. var rest] => MatchCommand.Run(rest),
    ["memory"] => Memory(),
    ["recovery", .. var rest] => RecoveryCommand.Run(rest),
    ["capacity", var figures] => CapacityCommand.Run(figures),
    ["bdn", .. var rest] => Measure(rest),
    _ => Usage(),
};

static int Memory()
{
    DetectMemory.Run(Console.Out);
    return 0;
}

static int Measure(string[] rest)
{
    BenchmarkSwitcher.FromAssembly(typeof(MatchCommand).Assembly).Run(rest);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("match --events FILE --rules PATH [--max N] [--passes 5] | memory | recovery [--keys 1000000] [--districts 1] [--batches 64] | capacity FIGURES.json | bdn [BenchmarkDotNet options]");
    return 2;
}
