using System;
using System.Collections.Generic;
using Dsl.Pipelines.Columns;

namespace Dsl.Pipelines.Trees;

/// <summary>Trees as arrays in a pipeline's files. What is read cannot make a walk leave its tree or never end.</summary>
internal static class TreeFile
{
    private const int MaxDepth = 30;

    /// <summary>Writes them.</summary>
    public static void Write(StageWriter writer, TreeEnsemble trees)
    {
        int count = trees.Nodes.Length;
        double[] features = new double[count];
        double[] thresholds = new double[count];
        double[] children = new double[count];
        int[] widest = [0];
        double[] categories = LeftCategories(trees, widest);
        for (int i = 0; i < count; i++)
            (thresholds[i], features[i], children[i]) = (trees.Nodes[i].Threshold, trees.Nodes[i].Feature, trees.Nodes[i].Next);
        writer.Number("NumFeatures", trees.Elements.Size);
        // Those of a leaf: boosted trees are regression's, whatever the model predicts.
        writer.Number("TreeClasses", trees.Classes);
        trees.Elements.Write(writer);
        writer.Numbers("Starts", Array.ConvertAll(trees.Starts.ToArray(), start => (double)start));
        writer.Numbers("Features", features);
        writer.Numbers("Thresholds", thresholds);
        writer.Numbers("Children", children);
        writer.Numbers("Gains", trees.Gains);
        writer.Numbers("Sums", trees.Sums, count, trees.SumCount);
        writer.Numbers("LeftCategories", categories, trees.Sets.Count, widest[0]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="isClassifier">They must have classes, else none.</param>
    /// <exception cref="System.IO.InvalidDataException">They are no such trees.</exception>
    public static TreeEnsemble Read(StageReader reader, bool isClassifier)
    {
        ElementNames elements = ElementNames.Read(reader, reader.Whole("NumFeatures", 1, int.MaxValue));
        int classes = reader.Whole("TreeClasses", isClassifier ? 1 : 0, isClassifier ? ushort.MaxValue + 1 : 0);
        int[] starts = Wholes(reader, "Starts", -1, 0, int.MaxValue);
        double[] thresholds = reader.Numbers("Thresholds", -1);
        int count = thresholds.Length;
        bool ascends = starts.Length > 0 && starts[0] == 0 && starts[^1] == count;
        for (int tree = 1; ascends && tree < starts.Length; tree++)
            ascends = starts[tree] > starts[tree - 1];
        if (!ascends)
            throw reader.Wrong("Starts", $"does not ascend from 0 to {count}, the number of nodes");
        int[] features = Wholes(reader, "Features", count, -elements.Size, elements.Size - 1);
        int[] children = Wholes(reader, "Children", count, 0, count - 1);
        FlatNode[] nodes = new FlatNode[count];
        for (int i = 0; i < count; i++)
            nodes[i] = new FlatNode(thresholds[i], features[i], children[i]);
        CheckWays(reader, starts, nodes);
        CategorySets sets = ReadSets(reader, elements, nodes);
        double[] sums = reader.Numbers("Sums", count, classes == 0 ? new Variance().Sums : classes + 1);
        return new TreeEnsemble(elements, classes, starts, nodes, reader.Numbers("Gains", count), sums, sets);
    }

    /// <summary>Every node but a root is one node's child, behind it and in its tree, and none is too deep.</summary>
    private static void CheckWays(StageReader reader, int[] starts, FlatNode[] nodes)
    {
        int[] depths = new int[nodes.Length];
        for (int tree = 0; tree + 1 < starts.Length; tree++)
        {
            int reached = 1;
            for (int at = starts[tree]; at < starts[tree + 1]; at++)
            {
                if (depths[at] > MaxDepth || (at > starts[tree] && depths[at] == 0))
                    throw reader.Wrong("Children", depths[at] == 0 ? $"does not lead to node {at}" : $"leads deeper than {MaxDepth} nodes");
                int next = nodes[at].Next;
                if (next == 0)
                    continue;
                if (next <= at || next + 1 >= starts[tree + 1] || depths[next] != 0 || depths[next + 1] != 0)
                    throw reader.Wrong("Children", $"sends node {at} to {next}, and wanted are two nodes behind it in its tree that no other node leads to");
                depths[next] = depths[next + 1] = depths[at] + 1;
                reached += 2;
            }

            if (reached != starts[tree + 1] - starts[tree])
                throw reader.Wrong("Children", $"leads to {reached} nodes of tree {tree}, which has {starts[tree + 1] - starts[tree]}");
        }
    }

    /// <summary>A row a set: 1 at the categories that go left.</summary>
    private static double[] LeftCategories(TreeEnsemble trees, int[] widest)
    {
        foreach (FlatNode node in trees.Nodes)
        {
            if (!node.IsLeaf && node.Feature < 0)
                widest[0] = Math.Max(widest[0], trees.Elements.CategoriesOf(node.Element));
        }

        double[] left = new double[trees.Sets.Count * widest[0]];
        foreach (FlatNode node in trees.Nodes)
        {
            if (node.IsLeaf || node.Feature >= 0)
                continue;
            foreach (int category in trees.Sets.Of((int)node.Threshold, trees.Elements.CategoriesOf(node.Element)))
                left[((int)node.Threshold * widest[0]) + category] = 1;
        }

        return left;
    }

    private static CategorySets ReadSets(StageReader reader, ElementNames elements, FlatNode[] nodes)
    {
        int count = reader.ShapeOf("LeftCategories") is { Count: 2 } shape ? shape[0] : 0;
        double[] left = reader.Numbers("LeftCategories", count, -1);
        int width = count == 0 ? 0 : left.Length / count;
        CategorySets.Builder sets = new(elements);
        for (int i = 0; i < nodes.Length; i++)
        {
            FlatNode node = nodes[i];
            if (node.IsLeaf || node.Feature >= 0)
                continue;
            int categories = elements.CategoriesOf(node.Element);
            if (!(node.Threshold >= 0 && node.Threshold < count && node.Threshold == Math.Floor(node.Threshold)) || categories == 0 || categories > width)
                throw reader.Wrong("Thresholds", $"has {node.Threshold} for node {i}, which parts categories of {elements[node.Element]}, and wanted is one of {count} sets of {categories} categories");
            int set = (int)node.Threshold;
            int[] own = [.. Ones(left.AsSpan(set * width, categories))];
            nodes[i] = node with { Threshold = sets.Add(node.Element, own) };
        }

        return sets.Build();
    }

    private static List<int> Ones(ReadOnlySpan<double> flags)
    {
        List<int> ones = [];
        for (int i = 0; i < flags.Length; i++)
        {
            if (flags[i] != 0)
                ones.Add(i);
        }

        return ones;
    }

    private static int[] Wholes(StageReader reader, string member, int count, int least, int most)
    {
        double[] values = reader.Numbers(member, count);
        int[] wholes = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= least && values[i] <= most && values[i] == Math.Floor(values[i])))
                throw reader.Wrong(member, $"has {values[i]}, and wanted are whole numbers from {least} to {most}");
            wholes[i] = (int)values[i];
        }

        return wholes;
    }
}
