using System;
using System.CommandLine;
using System.IO;
using Dsl;
using Spectre.Console;

namespace MobileNet;

/// <summary>The command line.</summary>
internal static class MobileNetCommand
{
    private const int Failed = 1;
    private const int MostPhotosShown = 10_000;

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Argument<string[]> photos = new("photos") { Description = "Photos to name: binary PPM (P6) or BMP.", Arity = new ArgumentArity(0, MostPhotosShown) };
        Option<string> weights = new("--weights") { Description = "The weights, torchvision's names (safetensors).", HelpName = "file", Required = true };
        Option<string?> labels = new("--labels") { Description = "The names of the 1,001 classes, one a line.", HelpName = "file" };
        Option<string?> onnx = new("--onnx") { Description = "Writes the network as ONNX.", HelpName = "file" };
        Option<string?> flowers = new("--flowers") { Description = "Five folders of photos, a class each: trains a new head on them.", HelpName = "folder" };
        Option<int> epochs = new("--epochs") { Description = "How many times the new head sees every photo.", HelpName = "n", DefaultValueFactory = _ => FlowerRun.DefaultEpochs };
        Option<int> threads = new("--threads") { Description = "Threads of the kernels; the result does not depend on them.", HelpName = "n", DefaultValueFactory = _ => Compute.Threads };
        RootCommand command = new("Names photos with MobileNetV2, exports it, trains a new head of it.") { photos, weights, labels, onnx, flowers, epochs, threads };
        command.SetAction(given =>
        {
            try
            {
                Compute.Threads = given.GetRequiredValue(threads);
                IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(Console.Out),
                    Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
                });
                Run(console, given.GetRequiredValue(weights), given.GetValue(photos) ?? [], given.GetValue(labels), given.GetValue(onnx), given.GetValue(flowers), given.GetRequiredValue(epochs));
                return 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentOutOfRangeException)
            {
                Console.Error.WriteLine(error.Message);
                return Failed;
            }
        });
        return command;
    }

    private static void Run(IAnsiConsole console, string weights, string[] photos, string? labels, string? onnx, string? flowers, int epochs)
    {
        using MobileNetV2 network = new();
        network.LoadWeights(weights, null, TorchvisionNames.To(network));
        if (onnx is not null)
        {
            network.ExportOnnx(onnx);
            console.Profile.Out.Writer.WriteLine($"exported {Path.GetFullPath(onnx)}");
        }

        if (photos.Length > 0)
        {
            PhotoNames names = new(network, labels is null ? null : File.ReadAllLines(labels));
            foreach (string photo in photos)
                console.Write(names.Table(photo));
        }

        if (flowers is not null)
            new FlowerRun(console, network).Execute(flowers, epochs);
    }
}
