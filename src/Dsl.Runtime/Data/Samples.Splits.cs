using System;
using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl;

/// <content>Ways to part a data set in two.</content>
public sealed partial class Samples
{
    /// <summary>Parts the samples in two at random, each in file order.</summary>
    /// <param name="fraction">The share of the test part, 0 to 1; its count is rounded to the nearest whole number.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <param name="stratified">Whether each label's samples are parted by themselves, so that both sides have the same mixture; needs one label a sample.</param>
    /// <returns>Both parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">Stratified, and samples have not one label each.</exception>
    public (Samples Train, Samples Test) Split(double fraction, ulong seed = 0, bool stratified = false)
    {
        if (!(fraction is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"The share of the test part must be 0 to 1, not {fraction}.");
        bool[] held = new bool[Count];
        ulong stream = 0;
        foreach (int[] group in stratified ? GroupsByLabel() : [AllSamples()])
        {
            Shuffle.InPlace(group, seed, Philox.Stream(RandomPurpose.Split, stream++));
            int count = (int)Math.Round(group.Length * fraction, MidpointRounding.AwayFromZero);
            foreach (int sample in group.AsSpan(0, count))
                held[sample] = true;
        }

        return Part(held);
    }

    /// <summary>Puts every n-th sample of each class into the test part, without chance: both keep the file's order.</summary>
    /// <param name="n">How many samples of a class there are to one that is held out, at least 2.</param>
    /// <param name="offset">Which of each <paramref name="n"/> is held out, 0 to n-1; 0 takes the first, the (n+1)-th and so on of each class.</param>
    /// <returns>Both parts.</returns>
    /// <exception cref="InvalidOperationException">Samples have not one label each.</exception>
    public (Samples Train, Samples Test) SplitEvery(int n, int offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, n);
        bool[] held = new bool[Count];
        foreach (int[] group in GroupsByLabel())
        {
            for (int i = offset; i < group.Length; i += n)
                held[group[i]] = true;
        }

        return Part(held);
    }

    private int[] AllSamples()
    {
        int[] all = new int[Count];
        for (int i = 0; i < all.Length; i++)
            all[i] = i;
        return all;
    }

    /// <summary>The samples of each label, in file order, labels ascending.</summary>
    private List<int[]> GroupsByLabel()
    {
        SortedDictionary<int, List<int>> groups = [];
        for (int sample = 0; sample < Count; sample++)
        {
            int label = Label(sample);
            if (!groups.TryGetValue(label, out List<int>? group))
                groups.Add(label, group = []);
            group.Add(sample);
        }

        List<int[]> result = new(groups.Count);
        foreach (List<int> group in groups.Values)
            result.Add([.. group]);
        return result;
    }

    private (Samples Train, Samples Test) Part(bool[] held)
    {
        List<int> train = [];
        List<int> test = [];
        for (int sample = 0; sample < held.Length; sample++)
            (held[sample] ? test : train).Add(sample);
        return (Subset([.. train]), Subset([.. test]));
    }
}
