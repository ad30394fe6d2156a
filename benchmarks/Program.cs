using System;
using BenchmarkDotNet.Running;
using Dsl.Benchmarks.Compiler;
using Dsl.Benchmarks.Peers;
using Dsl.Benchmarks.Pipelines;
using Dsl.Benchmarks.Spark;

namespace Dsl.Benchmarks;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        string command = arguments.Length > 0 ? arguments[0] : "";
        string[] rest = arguments.Length > 1 ? arguments[1..] : [];
        switch (command)
        {
            case "peers":
                return PeersCommand.Run(rest);
            case "pipelines":
                return PipelinesCommand.Run(rest);
            case "pipelines-predict":
                return PredictCommand.Run();
            case "pipelines-memory":
                return PipelinesMemoryCommand.Run(rest);
            case PipelinesMemoryCommand.OfOne:
                return PipelinesMemoryCommand.RunOne(rest[0], rest[1]);
            case "scaling":
                return ScalingCommand.Run(rest);
            case "memory":
                return MemoryCommand.Run(rest);
            case MemoryCommand.OfOne:
                return MemoryCommand.RunOne(rest[0], rest[1]);
            case "compiler":
                return CompilerCommand.Run(rest);
            case "spark":
                return SparkCommand.Run(rest);
            case "spark-memory":
                return SparkMemoryCommand.Run(rest);
            case "kernels":
                return RunKernels(rest);
            default:
                Console.Error.WriteLine("""
                    dotnet run -c Release --project benchmarks -- peers [names]      beside PyTorch and onnxruntime, by turns
                    dotnet run -c Release --project benchmarks -- pipelines [names]  fits of classical models beside scikit-learn's, by turns
                    dotnet run -c Release --project benchmarks -- pipelines-predict  a row in a fitted pipeline, one at a time and many at once
                    dotnet run -c Release --project benchmarks -- pipelines-memory [names]  peak resident memory of fits beside their table's
                    dotnet run -c Release --project benchmarks -- scaling [names]    our training steps with one thread and with two, by turns
                    dotnet run -c Release --project benchmarks -- memory [names]     peak resident memory beside theirs, a process each
                    dotnet run -c Release --project benchmarks -- compiler           the generator beside a trivial one, by turns
                    dotnet run -c Release --project benchmarks -- spark [rows]       C# in Spark's executors beside PySpark's functions
                    dotnet run -c Release --project benchmarks -- spark-memory [rows]  memory of our workers beside all of PySpark's
                    dotnet run -c Release --project benchmarks -- kernels [options]  single kernels under BenchmarkDotNet
                    """);
                return 2;
        }
    }

    // Apart, so that no other command's process has BenchmarkDotNet loaded: some of them measure their memory.
    private static int RunKernels(string[] options)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(options.Length > 0 ? options : ["--filter", "*"]);
        return 0;
    }
}
