using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Arguments and shapes of <c>GaussianSample</c>.</summary>
public sealed class GaussianSampleTests
{
    [Theory]
    [InlineData("[Input(6)] [GaussianSample(Weight = {|DSL202:-0.1|})]")]
    [InlineData("[Input(6)] [GaussianSample(Weight = {|DSL202:double.NaN|})]")]
    [InlineData("[Input(6)] [GaussianSample(Weight = {|DSL202:double.PositiveInfinity|})]")]
    [InlineData("[Input(7)] [{|DSL204:GaussianSample|}]")]
    [InlineData("[Input(1)] [{|DSL204:GaussianSample(Weight = 2)|}]")]
    [InlineData("[Input(4, 6)] [{|DSL201:GaussianSample|}]")]
    [InlineData("[Input(2, 4, 6)] [{|DSL201:GaussianSample|}]")]
    [InlineData("[Input(6)] [GaussianSample(Weight = 0), Linear(2)]")]
    public void Ranges_and_shapes(string attributes) => Marked.Model(attributes);

    [Fact]
    public void The_messages_say_what_is_wanted()
    {
        Assert.Equal("GaussianSample1 needs features: means, then as many log-variances, but receives 4×6 (Input 4×6)", Marked.Message("[Input(4, 6)] [{|DSL201:GaussianSample|}]"));
        Assert.Equal("GaussianSample1 cannot halve its 7 features into means and log-variances (Input 7)", Marked.Message("[Input(7)] [{|DSL204:GaussianSample|}]"));
    }

    [Fact]
    public void It_halves_the_features_and_counts_nothing()
    {
        var network = Reading.Network("[Input(6)] [GaussianSample]");
        Assert.Equal("3", network.OutputShape.ToString());
        Assert.Equal(0, network.ParameterCount);
        Assert.Equal(0, network.Operations);
    }
}
