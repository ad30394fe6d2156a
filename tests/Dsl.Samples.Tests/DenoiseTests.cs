using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Xml.Linq;
using Denoise;
using Xunit;

namespace SampleTests;

public sealed class DenoiseTests
{
    [Fact]
    public void Three_epochs_take_off_more_noise_than_principal_components_do_and_make_a_page()
    {
        using StringWriter output = new();
        DenoiseResult result = new DenoiseRun(output, epochs: 3, seed: 1).Execute(CancellationToken.None);
        Assert.Contains("1343 digits to train on, each 10 times with other noise of deviation 0.3, 454 to test on; seed 1", output.ToString(), StringComparison.Ordinal);
        Assert.InRange(result.NoisyError, 0.08, 0.1);
        Assert.InRange(result.Error, 0.005, result.BestComponents.Error);
        Assert.InRange(result.BestComponents.Error, 0, result.ComponentsError);
        Assert.True(result.Accuracy.Codes > 0.7 && result.Accuracy.Pixels > 0.7, $"{result.Accuracy}");
        XElement page = XDocument.Parse(DenoisePage.Of(result).ToHtml()).Root!;
        Assert.Equal(48, page.Descendants("img").Count());
        Assert.Contains(FormattableString.Invariant($"{result.Error:F4}"), page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void All_principal_components_give_everything_back_and_the_first_ones_most()
    {
        // Points on a line, with a little of another direction.
        float[] samples = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { i, 2f * i, (i % 2) * 0.1f })];
        PrincipalComponents components = new(samples, 3);
        Assert.All(components.Project(samples, 3).Zip(samples), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.All(components.Project(samples, 1).Zip(samples), pair => Assert.Equal(pair.Second, pair.First, 0.06));
        Assert.Equal([24.5f, 49, 0.05f], components.Project(samples, 0)[..3].Select(value => MathF.Round(value, 4)));
    }
}
