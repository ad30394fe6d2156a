using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

public class SamplesTests
{
    private static Samples Numbered(int count, int classes = 3)
    {
        float[] inputs = [.. Enumerable.Range(0, count * 2).Select(i => (float)i)];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classes)];
        return new Samples(inputs, labels);
    }

    private static int[] Ids(Samples samples) => [.. Enumerable.Range(0, samples.Count).Select(i => (int)samples.Input(i)[0] / 2)];

    [Fact]
    public void Rows_are_samples()
    {
        Samples samples = new(2, [new float[] { 1, 2, 3, 4 }, new float[] { 5, 6 }], targets: new float[] { 7, 8, 9, 10, 11, 12 });
        Assert.Equal((2, 2, 2, 1, 3, 0), (samples.Count, samples.InputCount, samples.InputSize(0), samples.InputSize(1), samples.TargetSize, samples.LabelsPerSample));
        Assert.Equal([3, 4], samples.Input(1).ToArray());
        Assert.Equal([6], samples.Input(1, 1).ToArray());
        Assert.Equal([10, 11, 12], samples.Targets(1).ToArray());
        Assert.True(samples.Labels(0).IsEmpty);
        Assert.Equal([3, 4], new Samples(1, new float[] { 1 }, new[] { 3, 4 }).Labels(0).ToArray());
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        Assert.Contains("5 values of inputs do not divide into 2", Assert.Throws<ArgumentException>(() => new Samples(new float[5], new int[2])).Message, StringComparison.Ordinal);
        Assert.Contains("input 1", Assert.Throws<ArgumentException>(() => new Samples(2, [new float[4], new float[3]])).Message, StringComparison.Ordinal);
        Assert.Contains("3 values of targets", Assert.Throws<ArgumentException>(() => new Samples(2, new float[4], new float[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Samples(2, [new float[4]], new int[2], new float[2]));
        Assert.Throws<ArgumentException>(() => new Samples(0, new float[4]));
        Assert.Equal(0, new Samples(0, Array.Empty<float>()).Count);
        Assert.Contains("no sample 4 among 4", Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(4).Input(4).Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Samples(2, new float[4]).Label(0));
    }

    [Fact]
    public void A_subset_of_a_subset_is_a_view()
    {
        Samples subset = Numbered(10).Subset([9, 3, 3, 5]).Subset([2, 0]);
        Assert.Equal([3, 9], Ids(subset));
        Assert.Equal([0, 0], new[] { subset.Label(0), subset.Label(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => subset.Subset([2]));
    }

    [Fact]
    public void A_split_parts_all_samples_by_seed()
    {
        Samples all = Numbered(100);
        (Samples train, Samples test) = all.Split(0.25, seed: 4);
        Assert.Equal((75, 25), (train.Count, test.Count));
        Assert.Equal(Enumerable.Range(0, 100), Ids(train).Concat(Ids(test)).Order());
        Assert.Equal(Ids(test).Order(), Ids(test));
        Assert.Equal(Ids(test), Ids(all.Split(0.25, seed: 4).Test));
        Assert.NotEqual(Ids(test), Ids(all.Split(0.25, seed: 5).Test));
        Assert.Equal((100, 0), (all.Split(0).Train.Count, all.Split(0).Test.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => all.Split(double.NaN));
    }

    [Fact]
    public void A_stratified_split_keeps_the_mixture()
    {
        int[] labels = [.. Enumerable.Repeat(-1, 40).Concat(Enumerable.Repeat(1, 8))];
        Samples all = new(new float[48], labels);
        (Samples train, Samples test) = all.Split(0.25, stratified: true);
        Assert.Equal(10, Enumerable.Range(0, test.Count).Count(i => test.Label(i) == -1));
        Assert.Equal(2, Enumerable.Range(0, test.Count).Count(i => test.Label(i) == 1));
        Assert.Equal(36, train.Count);
    }

    [Fact]
    public void Every_nth_of_each_class_is_held_out_in_file_order()
    {
        (Samples train, Samples test) = Numbered(12).SplitEvery(4);
        Assert.Equal([0, 1, 2], Ids(test));
        Assert.Equal(9, train.Count);
        Assert.Equal([9, 10, 11], Ids(Numbered(12).SplitEvery(4, 3).Test));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(12).SplitEvery(4, 4));
    }

    [Fact]
    public void Values_that_are_not_finite_are_found()
    {
        Samples samples = new(2, new float[] { 1, 2, 3, float.NaN }, new float[] { 1, 2 });
        Assert.Contains("Sample 1 has NaN as value 1 of its input", Assert.Throws<ArgumentException>(samples.CheckFinite).Message, StringComparison.Ordinal);
        samples = new(2, new float[] { 1, 2 }, new float[] { float.PositiveInfinity, 2 });
        Assert.Contains("Sample 0 has", Assert.Throws<ArgumentException>(samples.CheckFinite).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_holds_every_input_and_the_targets()
    {
        Samples samples = new(3, [new float[] { 1, 2, 3, 4, 5, 6 }, new float[] { 7, 8, 9 }], targets: new float[] { 10, 11, 12 });
        Batch batch = new(samples, 2);
        batch.Gather([2, 0]);
        Assert.Equal((2, 2), (batch.Count, batch.InputCount));
        Assert.Equal([5, 6, 1, 2], batch.Input(0).ToArray());
        Assert.Equal([9, 7], batch.Input(1).ToArray());
        Assert.Equal([12, 10], batch.Targets.ToArray());
        Assert.True(batch.Labels.IsEmpty);
    }

    [Fact]
    public void A_batch_that_no_array_holds_says_how_large_it_is()
    {
        Samples samples = new(1, new float[70_000]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Batch(samples, 40_000));
        Assert.Contains("40000 samples with 70000 values of the input each has 2800000000 values", error.Message, StringComparison.Ordinal);
        Assert.Contains("2800000000 values", Assert.Throws<ArgumentException>(() => new Wide(40_000)).Message, StringComparison.Ordinal);
        Assert.Contains("no sample 2 in a batch of 2", Assert.Throws<ArgumentOutOfRangeException>(() => new Wide(2)[2].Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Wide(2)[int.MaxValue].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Wide(2)[-1].Length);
        Assert.Equal(70_000, new Wide(2)[1].Length);
        Assert.Contains("65536×65536", Assert.Throws<ArgumentException>(() => new PortInfo("Input", 65_536, 65_536)).Message, StringComparison.Ordinal);
    }

    private sealed class Wide(int count) : SampleBatch<float>(count, 70_000);

    [Fact]
    public void Batches_are_gathered_without_allocation()
    {
        Samples samples = Numbered(10).Subset([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        Batch batch = new(samples, 4);
        batch.Gather([2, 0, 9]);
        Assert.Equal([14, 15, 18, 19, 0, 1], batch.Input(0).ToArray());
        Assert.Equal([1, 0, 0], batch.Labels.ToArray());
        batch.Gather(8, 2);
        Assert.Equal([2, 3, 0, 1], batch.Input(0).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Gather(0, 5));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            batch.Gather([1, 2, 3]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
