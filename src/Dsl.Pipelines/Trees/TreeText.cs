using System;
using System.Linq;
using System.Text;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Trees;

/// <summary>Trees as MLlib writes them, with the elements' names in place of their numbers.</summary>
internal static class TreeText
{
    private const int ShownImportances = 3;

    /// <summary>A tree.</summary>
    /// <param name="kind">What MLlib calls such a model: <c>DecisionTreeRegressionModel</c>.</param>
    /// <param name="stage">The model's name, where MLlib gives its uid.</param>
    /// <param name="tree">The tree, the only one.</param>
    public static string OfTree(string kind, string stage, TreeEnsemble tree)
    {
        StringBuilder text = new();
        text.Append($"{kind}: uid={stage}, depth={tree.DepthOf(0)}, numNodes={tree.NodesOf(0)}");
        End(text, tree, tree.Classes);
        Append(text, tree, 0, 2);
        return text.ToString();
    }

    /// <summary>Several trees.</summary>
    /// <param name="kind">What MLlib calls such a model.</param>
    /// <param name="stage">The model's name.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="classes">How many classes the model has; 0: it predicts numbers.</param>
    /// <param name="weights">What each tree counts.</param>
    /// <param name="equals">How MLlib puts the uid: not everywhere the same.</param>
    public static string OfTrees(string kind, string stage, TreeEnsemble trees, int classes, ReadOnlySpan<double> weights, string equals = "=")
    {
        StringBuilder text = new();
        text.Append($"{kind}: uid{equals}{stage}, numTrees={trees.Count}");
        End(text, trees, classes);
        for (int tree = 0; tree < trees.Count; tree++)
        {
            text.Append($"  Tree {tree} (weight {JavaText.Of(weights[tree])}):\n");
            Append(text, trees, trees.Starts[tree], 4);
        }

        return text.ToString();
    }

    /// <summary>A line about trees: how large they are, and the features that gained most.</summary>
    public static string Describe(TreeEnsemble trees, Vector importances)
    {
        int deepest = 0;
        for (int tree = 0; tree < trees.Count; tree++)
            deepest = Math.Max(deepest, trees.DepthOf(tree));
        string size = trees.Count == 1 ? $"depth {deepest}, {trees.Nodes.Length} nodes" : $"{trees.Count} trees, depth at most {deepest}, {trees.Nodes.Length} nodes";
        if (importances.Indices.IsEmpty)
            return size;
        int[] places = importances.Indices.ToArray();
        double[] values = importances.Values.ToArray();
        return FormattableString.Invariant(
            $"{size}; by importance {string.Join(", ", places.Zip(values).OrderByDescending(pair => pair.Second).Take(ShownImportances).Select(pair => FormattableString.Invariant($"{trees.Elements[pair.First]} {pair.Second:0.###}")))}");
    }

    private static void End(StringBuilder text, TreeEnsemble trees, int classes) =>
        text.Append(classes > 0 ? $", numClasses={classes}" : "").Append($", numFeatures={trees.Elements.Size}\n");

    private static void Append(StringBuilder text, TreeEnsemble trees, int at, int indent)
    {
        FlatNode node = trees.Nodes[at];
        if (node.IsLeaf)
        {
            text.Append(' ', indent).Append($"Predict: {JavaText.Of(trees.PredictionOf(at))}\n");
            return;
        }

        string name = trees.Elements[node.Element];
        string categories = node.Feature >= 0
            ? ""
            : string.Join(",", trees.Sets.Of((int)node.Threshold, trees.Elements.CategoriesOf(node.Element)).Select(category => JavaText.Of((double)category)));
        string left = node.Feature >= 0 ? $"<= {JavaText.Of(node.Threshold)}" : $"in {{{categories}}}";
        string right = node.Feature >= 0 ? $"> {JavaText.Of(node.Threshold)}" : $"not in {{{categories}}}";
        text.Append(' ', indent).Append($"If ({name} {left})\n");
        Append(text, trees, node.Next, indent + 1);
        text.Append(' ', indent).Append($"Else ({name} {right})\n");
        Append(text, trees, node.Next + 1, indent + 1);
    }
}
