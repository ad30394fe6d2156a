using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Xml.Linq;
using Digits;
using DrawDigits;
using Xunit;

namespace SampleTests;

public sealed class DrawDigitsTests
{
    [Fact]
    public void A_short_run_draws_digits_of_all_kinds_better_than_normal_pixels_and_makes_a_page()
    {
        using StringWriter output = new();
        DrawResult result = new DrawRun(output, epochs: 40, seed: 1).Execute(CancellationToken.None);
        Assert.Contains("1343 digits to learn from, 454 to compare with, 2000 to draw; seed 1", output.ToString(), StringComparison.Ordinal);
        DigitScore[] scores = [.. result.Scores.Select(one => one.Score)];
        Assert.True(scores[0].Inception < scores[1].Inception && scores[1].Inception < scores[2].Inception && scores[2].Inception < scores[3].Inception, string.Join("; ", result.Scores));
        Assert.InRange(scores[2].Kinds, 8, 10);
        Assert.InRange(scores[2].Distance, 0.05, scores[1].Distance);
        Assert.InRange(scores[3].Sure, 0.9, 1);
        XElement page = XDocument.Parse(DrawPage.Of(result).ToHtml()).Root!;
        Assert.Equal(60 + (3 * DrawRun.Steps), page.Descendants("img").Count());
    }

    [Fact]
    public void Normal_pixels_have_the_means_and_covariances_that_were_seen()
    {
        // Two pixels go together, the others are paper.
        float[] digits = new float[200 * DigitFile.Pixels];
        for (int n = 0; n < 200; n++)
            digits[n * DigitFile.Pixels] = digits[(n * DigitFile.Pixels) + 1] = n % 2 == 0 ? 0.4f : 0.6f;
        Random random = new(1);
        NormalPixels together = new(digits, keepsCovariance: true);
        NormalPixels alone = new(digits, keepsCovariance: false);
        float[][] drawn = [.. Enumerable.Range(0, 500).Select(_ => together.Draw(random))];
        Assert.Equal(0.5, drawn.Average(one => one[0]), 0.02);
        Assert.All(drawn, one => Assert.Equal(one[0], one[1], 0.02));
        Assert.All(drawn, one => Assert.InRange(one[2], 0, 0.01));
        Assert.Contains(Enumerable.Range(0, 50).Select(_ => alone.Draw(random)), one => Math.Abs(one[0] - one[1]) > 0.1);
    }
}
