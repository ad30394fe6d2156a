using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Dsl;
using SamplePrograms;

namespace MobileNet;

/// <summary>Transfer learning: a new head on the features of a network that is not trained any more.</summary>
/// <param name="program">Where it is told.</param>
/// <param name="trained">Where the features come from.</param>
internal sealed class FlowerRun(SampleProgram program, MobileNetV2 trained)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 10;

    // One photo in four of each class is held out.
    private const int HeldOut = 4;
    private const int Batch = 16;
    private const int BaselineEpochs = 100;
    private const int Thumbnail = 16;

    /// <summary>Trains and tests the head, and the baseline beside it.</summary>
    /// <param name="folder">A folder of five folders, a class each.</param>
    /// <param name="epochs">How many times every photo is seen.</param>
    public void Execute(string folder, int epochs)
    {
        (string Path, int Class)[] photos = PhotosOf(folder);
        (Samples train, Samples test) = SamplesOf(photos, FlowerNet.InputShape[^1]).SplitEvery(HeldOut);
        (Samples smallTrain, Samples smallTest) = SamplesOf(photos, Thumbnail).SplitEvery(HeldOut);
        using FlowerNet flowers = new();
        flowers.TakeBody(trained);
        long begin = Stopwatch.GetTimestamp();
        flowers.Fit(train, new FitOptions { Epochs = epochs, BatchSize = Batch });
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        using ThumbnailNet baseline = new();
        baseline.Fit(smallTrain, new FitOptions { Epochs = BaselineEpochs, BatchSize = Batch });
        program.Say($"{train.Count} photos to train on, {test.Count} to test on");
        program.Say($"new head: test accuracy {flowers.Evaluate(test).Accuracy:F4}, {epochs} epochs in {time.TotalSeconds:F1} s");
        program.Say($"linear classifier of {Thumbnail}×{Thumbnail} pixels: test accuracy {baseline.Evaluate(smallTest).Accuracy:F4}");
    }

    private static (string Path, int Class)[] PhotosOf(string folder)
    {
        string[] classes = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        int wanted = FlowerNet.OutputShape[0];
        if (classes.Length != wanted)
            throw new InvalidDataException($"{folder} has {classes.Length} folders; {wanted} are wanted, a class each.");
        return [.. classes.SelectMany((one, i) => Photos(one).Select(path => (path, i)))];
    }

    private static IEnumerable<string> Photos(string folder) => Directory.GetFiles(folder).Where(path => Path.GetExtension(path) is ".ppm" or ".bmp").Order(StringComparer.Ordinal);

    private static Samples SamplesOf((string Path, int Class)[] photos, int side)
    {
        if (photos.Length == 0)
            throw new InvalidDataException("There are no photos: files *.ppm or *.bmp are wanted.");
        return new Samples(photos.SelectMany(photo => Photo.Read(photo.Path, side)).ToArray(), photos.Select(photo => photo.Class).ToArray());
    }
}
