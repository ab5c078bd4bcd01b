if (args is ["memory"])
    AlertEngine.Benchmarks.DetectMemory.Run(Console.Out);
return 0;
