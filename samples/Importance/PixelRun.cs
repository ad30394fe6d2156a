using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;

namespace Importance;

/// <summary>Fits the pipeline and says how well digits are read by which pixels.</summary>
internal sealed class PixelRun(SampleProgram program, ulong seed, CancellationToken cancellation)
{
    /// <summary>Fits and says; the caller disposes the pipeline.</summary>
    public PixelPipeline Execute(IReadOnlyList<Digit> digits)
    {
        long begin = Stopwatch.GetTimestamp();
        PixelPipeline pipeline = PixelPipeline.Fit(digits, new PipelineOptions { Seed = seed }, cancellationToken: cancellation);
        PixelPipeline.Scores scores = pipeline.TestScores!;
        program.Say($"{digits.Count} digits, fitted in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s; seed {seed}, threads {Compute.Threads}; accuracy on the fifth that was held back:");
        program.Say($"network, 10 pixels of highest importance  {scores.FewAccuracy:F4}  ({string.Join(", ", pipeline.SelectByImportance1.SelectedFeatures.Select(Place))})");
        program.Say($"network, 10 pixels along two diagonals    {scores.OtherAccuracy:F4}");
        program.Say($"network, all 64 pixels                    {scores.AllAccuracy:F4}");
        program.Say($"forest, all 64 pixels                     {scores.ForestAccuracy:F4}");
        return pipeline;
    }

    /// <summary>Row and column of a pixel, from 0.</summary>
    private static string Place(int pixel) => FormattableString.Invariant($"{pixel / 8}:{pixel % 8}");
}
