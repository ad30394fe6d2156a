using System;
using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl.Pipelines.Tuning;

/// <summary>The folds of a cross-validation: each row is in one of each repeat, but for those without a stratum.</summary>
internal static class Folds
{
    /// <summary>The fold of a row that is in none: it is neither fitted on nor scored.</summary>
    public const int None = -1;

    /// <summary>Draws them: every stratum's rows, shuffled, are dealt out like cards, each stratum going on where the one before ended.</summary>
    /// <returns>For each repeat the fold of each row, from 0.</returns>
    public static int[][] Of(int rows, int folds, int repeats, ulong seed, int[]? strata)
    {
        int[][] all = new int[repeats][];
        List<int[]> groups = Strata.Groups(rows, strata);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            int[] foldOf = new int[rows];
            foldOf.AsSpan().Fill(None);
            int next = 0;
            for (int stratum = 0; stratum < groups.Count; stratum++)
            {
                int[] group = (int[])groups[stratum].Clone();
                Shuffle.InPlace(group, seed, Philox.Stream(RandomPurpose.Folds, ((ulong)repeat << 32) | (uint)stratum));
                foreach (int row in group)
                    foldOf[row] = next++ % folds;
            }

            all[repeat] = foldOf;
        }

        return all;
    }
}
