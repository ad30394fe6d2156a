using System.CommandLine;
using System.IO;
using Dsl;
using SamplePrograms;

namespace MobileNet;

/// <summary>The command line.</summary>
internal static class MobileNetCommand
{
    private const int MostPhotosShown = 10_000;

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Argument<string[]> photos = new("photos") { Description = "Photos to name: binary PPM (P6) or BMP.", Arity = new ArgumentArity(0, MostPhotosShown) };
        Option<string> weights = new("--weights") { Description = "The weights, torchvision's names (safetensors).", HelpName = "file", Required = true };
        Option<string?> labels = new("--labels") { Description = "The names of the 1,001 classes, one a line.", HelpName = "file" };
        Option<string?> onnx = new("--onnx") { Description = "Writes the network as ONNX.", HelpName = "file" };
        Option<string?> flowers = new("--flowers") { Description = "Five folders of photos, a class each: trains a new head on them.", HelpName = "folder" };
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times the new head sees every photo.", FlowerRun.DefaultEpochs, 10_000);
        Option<int> threads = SampleProgram.Number("--threads", "Threads of the kernels; the result does not depend on them.", Compute.Threads, Compute.MaxThreads);
        RootCommand command = new("Names photos with MobileNetV2, exports it, trains a new head of it.") { photos, weights, labels, onnx, flowers, epochs, threads };
        command.SetAction(given =>
        {
            Compute.Threads = given.GetRequiredValue(threads);
            return SampleProgram.Run(program =>
                Run(program, given.GetRequiredValue(weights), given.GetValue(photos) ?? [], given.GetValue(labels), given.GetValue(onnx), given.GetValue(flowers), given.GetRequiredValue(epochs)));
        });
        return command;
    }

    private static void Run(SampleProgram program, string weights, string[] photos, string? labels, string? onnx, string? flowers, int epochs)
    {
        using MobileNetV2 network = new();
        network.LoadWeights(weights, null, TorchvisionNames.To(network));
        if (onnx is not null)
        {
            network.ExportOnnx(onnx);
            program.Say($"exported {Path.GetFullPath(onnx)}");
        }

        if (photos.Length > 0)
        {
            PhotoNames names = new(network, labels is null ? null : File.ReadAllLines(labels));
            foreach (string photo in photos)
                program.Console.Write(names.Table(photo));
        }

        if (flowers is not null)
            new FlowerRun(program, network).Execute(flowers, epochs);
    }
}
