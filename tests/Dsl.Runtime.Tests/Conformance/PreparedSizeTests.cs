using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>The room that shapes promise for prepared weights and indices, by which the compiler places storages one behind the other.</summary>
public sealed class PreparedSizeTests
{
    [Fact]
    public void SizesAreThoseThatProgramsWereCompiledWith()
    {
        Assert.Equal(5 * 64, new LinearShape(5, 33).PreparedFloats);
        Assert.Equal(33 * 32, new LinearShape(5, 33).PreparedBackwardFloats);
        Assert.Equal(3 * 2 * 3 * 4 * 32, Shape(12, 15, 2, 3, groups: 3).PreparedFloats);
        Assert.Equal(3 * 2 * 3 * 5 * 32, Shape(12, 15, 2, 3, groups: 3).PreparedBackwardFloats);
        Assert.Equal(16 * 40 * 64, Shape(40, 33, 3, 3).PreparedFloats);
        Assert.Equal(16 * 33 * 64, Shape(40, 33, 3, 3).PreparedBackwardFloats);
        Assert.Equal(9 * 64, Shape(40, 40, 3, 3, groups: 40).DepthwisePreparedFloats);
        Assert.Equal(48, new PoolShape(2, 2, 2, 2).IndexFloats(129));
        Assert.Equal(144, new PoolShape(17, 17, 2, 2).IndexFloats(129));
    }

    [Fact]
    public void LargeSizesDoNotWrap()
    {
        Assert.Equal(1L << 34, new LinearShape(1 << 17, 1 << 17).PreparedFloats);
        Assert.Equal(49L << 32, Shape(1 << 16, 1 << 16, 7, 7).PreparedFloats);
        Assert.Equal(1L << 31, new PoolShape(17, 17, 1, 1).IndexFloats(1L << 31));
    }

    [Theory]
    [InlineData(16, 16, 3, 1, 1, 1, true)]
    [InlineData(15, 32, 3, 1, 1, 1, false)]
    [InlineData(32, 15, 3, 1, 1, 1, false)]
    [InlineData(64, 64, 5, 1, 1, 1, false)]
    [InlineData(64, 64, 3, 2, 1, 1, false)]
    [InlineData(64, 64, 3, 1, 2, 1, false)]
    [InlineData(64, 64, 3, 1, 1, 2, false)]
    public void WinogradIsAdvisedWhereItPays(int inputs, int outputs, int kernel, int stride, int dilation, int groups, bool winograd)
    {
        Conv2dShape shape = new(inputs, outputs, kernel, kernel, stride, stride, 1, 1, dilation, dilation, groups, 8, 8, ConvAlgorithm.Direct);
        Assert.Equal(winograd ? ConvAlgorithm.Winograd : ConvAlgorithm.Direct, shape.Advised);
    }

    /// <summary>The same storages serve a backend that takes the other algorithm than the advised one.</summary>
    [Fact]
    public void EitherAlgorithmHasRoom()
    {
        int tried = 0;
        foreach (int seed in Enumerable.Range(0, 40))
        {
            var scenario = Conv2dScenario.Winograd(new Draw(seed));
            var direct = scenario with { Shape = scenario.Shape with { Algorithm = ConvAlgorithm.Direct } };
            Assert.Equal(scenario.Shape.PreparedFloats, direct.Shape.PreparedFloats);
            Assert.Equal(scenario.Shape.PreparedBackwardFloats, direct.Shape.PreparedBackwardFloats);
            Assert.Null(Comparison<CpuBackend>.WithReference(direct, seed));
            tried++;
        }

        Assert.Equal(40, tried);
    }

    private static Conv2dShape Shape(int inputs, int outputs, int height, int width, int groups = 1) =>
        new(inputs, outputs, height, width, 1, 1, 0, 0, 1, 1, groups, 8, 8, ConvAlgorithm.Direct);
}
