using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Report;

/// <summary>What a diagram draws as one: a layer and the norms, activations and dropouts that nothing but they read between.</summary>
internal sealed class DiagramStage
{
    /// <summary>Its layers in order; the first gives it name and colour.</summary>
    public List<LayerRow> Layers { get; } = [];

    /// <summary>The stages that its first layer reads, the current output first.</summary>
    public List<int> Inputs { get; } = [];

    /// <summary>The stages that read it, ascending, each once.</summary>
    public List<int> Readers { get; } = [];

    public LayerRow First => Layers[0];

    public LayerFamily Family => LayerFamilies.Of(First.Layer);

    public string Shape => Layers[^1].Shape;

    public long Parameters => Layers.Sum(row => row.Parameters);

    public long Operations => Layers.Sum(row => row.Operations);

    /// <summary>The outputs of the network that it gives.</summary>
    public IReadOnlyList<string> Outputs => Layers[^1].Outputs;

    /// <summary>The names of the layers behind the first, without the block's name where it is the first's too.</summary>
    public IEnumerable<string> Followers
    {
        get
        {
            string block = First.Name[..(First.Name.LastIndexOf('.') + 1)];
            return Layers.Skip(1).Select(row => row.Name.StartsWith(block, StringComparison.Ordinal) ? row.Name[block.Length..] : row.Name);
        }
    }

    /// <summary>The stages of a network.</summary>
    /// <param name="rows">Its layer table; every row reads rows before it.</param>
    public static IReadOnlyList<DiagramStage> Of(IReadOnlyList<LayerRow> rows)
    {
        int[] readers = new int[rows.Count];
        foreach (int input in rows.SelectMany(row => row.Inputs))
            readers[input]++;
        List<DiagramStage> stages = [];
        int[] stageOf = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            if (Joins(rows, readers, i))
            {
                stageOf[i] = stageOf[rows[i].Inputs[0]];
            }
            else
            {
                stageOf[i] = stages.Count;
                DiagramStage stage = new();
                foreach (int input in rows[i].Inputs)
                {
                    stage.Inputs.Add(stageOf[input]);
                    if (!stages[stageOf[input]].Readers.Contains(stages.Count))
                        stages[stageOf[input]].Readers.Add(stages.Count);
                }

                stages.Add(stage);
            }

            stages[stageOf[i]].Layers.Add(rows[i]);
        }

        return stages;
    }

    private static bool Joins(IReadOnlyList<LayerRow> rows, int[] readers, int index)
    {
        LayerRow row = rows[index];
        if (row.Inputs.Count != 1 || row.Inputs[0] != index - 1)
            return false;
        LayerRow before = rows[index - 1];
        return readers[index - 1] == 1 && before.Outputs.Count == 0 && before.Shape == row.Shape && before.Inputs.Count > 0 && LayerFamilies.Follows(LayerFamilies.Of(row.Layer));
    }
}
