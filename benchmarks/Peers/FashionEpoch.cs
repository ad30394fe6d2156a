using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchModels;

namespace Dsl.Benchmarks.Peers;

/// <summary>
/// One epoch of Fashion-MNIST's 60,000 pictures with the network of `cnn-step`, Adam 1e-3 and batches of 64: ours by `Fit`, PyTorch's
/// channels-last by its DataLoader. Three epochs a seed, three seeds, by turns; then both mean test accuracies.
/// </summary>
internal static class FashionEpoch
{
    public const string Name = "fashion-epoch";

    private const int Epochs = 3;
    private static readonly int[] Seeds = [0, 1, 2];

    public static void Run(int[] threadCounts)
    {
        string? folder = PeerPlaces.FashionMnist();
        if (folder is null)
        {
            Console.WriteLine("Fashion-MNIST is missing (Debian: dataset-fashion-mnist): no fashion-epoch row.");
            return;
        }

        Samples train = FashionMnist.Read(folder, "train");
        Samples test = FashionMnist.Read(folder, "t10k");
        var lines = new List<string>();
        foreach (int threads in threadCounts)
        {
            using PeerProcess? torch = PeersCommand.StartTorch(threads, folder, announce: true);
            // Accuracy needs the seeds once; the second thread count needs only the time.
            bool accuracy = threads == threadCounts[0];
            var ours = new List<double>();
            var theirs = new List<double>();
            var ourAccuracy = new List<double>();
            var theirAccuracy = new List<double>();
            foreach (int seed in accuracy ? Seeds : [Seeds[0]])
            {
                int epochs = accuracy ? Epochs : 1;
                using (var net = new Cnn((ulong)seed))
                {
                    OwnWorks.UseThreads(threads);
                    History history = net.Fit(train, new FitOptions { Epochs = epochs, BatchSize = 64, Seed = (ulong)seed });
                    ours.AddRange(history.Epochs.Select(e => e.Seconds * 1e6));
                    ourAccuracy.Add(net.Evaluate(test).Accuracy!.Value);
                }

                if (torch is not null)
                {
                    double[] answer = [.. torch.Call(Name, seed, epochs).Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
                    theirAccuracy.Add(answer[0]);
                    theirs.AddRange(answer[1..]);
                }
            }

            PeersCommand.WriteRow(Name, threads, Median(ours), Peer.PyTorch, Median(theirs));
            if (accuracy)
            {
                lines.Add($"Fashion-MNIST test accuracy after {Epochs} epochs, mean of {Seeds.Length} seeds: "
                    + $"ours {Mean(ourAccuracy)}, PyTorch {Mean(theirAccuracy)}");
            }
        }

        Console.WriteLine();
        lines.ForEach(Console.WriteLine);
    }

    private static double Median(List<double> values) => values.Count == 0 ? double.NaN : Contest.Median(values);

    private static string Mean(List<double> values) =>
        values.Count == 0 ? "-" : values.Average().ToString("F4", CultureInfo.InvariantCulture)
            + " (" + string.Join(", ", values.Select(v => v.ToString("F4", CultureInfo.InvariantCulture))) + ")";
}
