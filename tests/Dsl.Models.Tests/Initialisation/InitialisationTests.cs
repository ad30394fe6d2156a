using System;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.Initialisation;

/// <summary>
/// The distributions of PyTorch's nn.init, checked where they are sharp: bounds of the uniform ones (never passed, nearly reached), the
/// deviation of the normal ones, orthonormal rows. Fans are PyTorch's: with groups, fan in counts one group's channels, fan out all filters.
/// </summary>
public class InitialisationTests
{
    private const int ConvIn = 36;
    private const int ConvOut = 432;
    private const int LinearIn = 1200;
    private const int LinearOut = 150;

    [Fact]
    public void Default_is_uniform_within_one_over_root_fan_in_biases_too()
    {
        using var net = new DefaultInit(7);
        Uniform(net, "Conv2d1.weight", 1 / Math.Sqrt(ConvIn));
        Uniform(net, "Conv2d1.bias", 1 / Math.Sqrt(ConvIn), 0.8);
        Uniform(net, "Linear1.weight", 1 / Math.Sqrt(LinearIn));
        Uniform(net, "Linear1.bias", 1 / Math.Sqrt(LinearIn), 0.8);
    }

    [Fact]
    public void Xavier_uniform_spreads_by_both_fans()
    {
        using var net = new XavierUniformInit(7);
        Uniform(net, "Conv2d1.weight", Math.Sqrt(6.0 / (ConvIn + ConvOut)));
        Uniform(net, "Linear1.weight", Math.Sqrt(6.0 / (LinearIn + LinearOut)));
        Uniform(net, "Conv2d1.bias", 1 / Math.Sqrt(ConvIn), 0.8);
    }

    [Fact]
    public void Xavier_normal_spreads_by_both_fans()
    {
        using var net = new XavierNormalInit(7);
        Normal(net, "Conv2d1.weight", Math.Sqrt(2.0 / (ConvIn + ConvOut)));
        Normal(net, "Linear1.weight", Math.Sqrt(2.0 / (LinearIn + LinearOut)));
    }

    [Fact]
    public void Kaiming_uniform_spreads_by_fan_in_with_gain_root_two()
    {
        using var net = new KaimingUniformInit(7);
        Uniform(net, "Conv2d1.weight", Math.Sqrt(6.0 / ConvIn));
        Uniform(net, "Linear1.weight", Math.Sqrt(6.0 / LinearIn));
    }

    [Fact]
    public void Kaiming_normal_spreads_by_fan_in_with_gain_root_two()
    {
        using var net = new KaimingNormalInit(7);
        Normal(net, "Conv2d1.weight", Math.Sqrt(2.0 / ConvIn));
        Normal(net, "Linear1.weight", Math.Sqrt(2.0 / LinearIn));
    }

    [Fact]
    public void Orthogonal_rows_are_orthonormal()
    {
        using var net = new OrthogonalInit(7);
        Orthonormal(net, "Conv2d1.weight", 24);
        Orthonormal(net, "Linear1.weight", LinearOut);
    }

    [Fact]
    public void Zeros_zeroes_weights_and_leaves_norms_and_biases_alone()
    {
        using var net = new ZerosInit(7);
        Assert.All(net.Parameters["Conv2d1.weight"].Values.ToArray(), v => Assert.Equal(0, v));
        Assert.All(net.Parameters["Linear1.weight"].Values.ToArray(), v => Assert.Equal(0, v));
        Uniform(net, "Linear1.bias", 1 / Math.Sqrt(LinearIn), 0.8);
        Assert.All(net.Parameters["BatchNorm1d1.weight"].Values.ToArray(), v => Assert.Equal(1, v));
        Assert.All(net.Parameters["BatchNorm1d1.bias"].Values.ToArray(), v => Assert.Equal(0, v));
        Assert.All(net.Parameters["BatchNorm1d1.running_mean"].Values.ToArray(), v => Assert.Equal(0, v));
        Assert.All(net.Parameters["BatchNorm1d1.running_var"].Values.ToArray(), v => Assert.Equal(1, v));
    }

    [Fact]
    public void The_seed_decides_every_bit()
    {
        using var first = new DefaultInit(7);
        using var again = new DefaultInit(7);
        using var other = new DefaultInit(8);
        float[] weight = first.Parameters["Linear1.weight"].Values.ToArray();
        Assert.Equal(weight, again.Parameters["Linear1.weight"].Values.ToArray());
        Assert.NotEqual(weight, other.Parameters["Linear1.weight"].Values.ToArray());
    }

    private static void Uniform(Network net, string name, double bound, double reached = 0.98)
    {
        double[] values = Values(net, name);
        double largest = values.Max(Math.Abs);
        Assert.InRange(largest, reached * bound, bound * (1 + 1e-6));
        Assert.InRange(Deviation(values), bound / Math.Sqrt(3) * 0.8, bound / Math.Sqrt(3) * 1.2);
    }

    private static void Normal(Network net, string name, double deviation)
    {
        double[] values = Values(net, name);
        Assert.InRange(Deviation(values), 0.95 * deviation, 1.05 * deviation);
        // A normal draw of this size passes three deviations, as a uniform one of the same deviation never does.
        Assert.True(values.Max(Math.Abs) > 3 * deviation);
        Assert.InRange(values.Average(), -0.1 * deviation, 0.1 * deviation);
    }

    private static void Orthonormal(Network net, string name, int rows)
    {
        double[] values = Values(net, name);
        int length = values.Length / rows;
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double product = 0;
                for (int i = 0; i < length; i++)
                    product += values[a * length + i] * values[b * length + i];
                Assert.InRange(product, (a == b ? 1 : 0) - 1e-5, (a == b ? 1 : 0) + 1e-5);
            }
        }
    }

    private static double[] Values(Network net, string name) => [.. net.Parameters[name].Values.ToArray().Select(v => (double)v)];

    private static double Deviation(double[] values) => Math.Sqrt(values.Select(v => v * v).Average());
}
