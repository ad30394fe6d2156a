using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Pipelines.Networks;

/// <summary>What the outputs of a network mean in a pipeline.</summary>
internal enum NetworkMeaning
{
    /// <summary>A logit a class.</summary>
    Classes,

    /// <summary>The logit of class 1.</summary>
    Decision,

    /// <summary>A score whose sign is the class.</summary>
    Sign,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Several numbers.</summary>
    Numbers,

    /// <summary>Logits of several yes or no.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities.</summary>
    Logarithms,
}

/// <summary>A network as a stage uses it: which columns go to its inputs, and what its main output says.</summary>
internal sealed class NetworkUse
{
    private readonly string stage;
    private readonly ProgramInfo info;
    private readonly int[] features;

    public NetworkUse(string stage, Network network, int[] features)
    {
        this.stage = stage;
        this.features = features;
        info = network.Program.Info;
        if (features.Length != info.Inputs.Length)
            throw new PipelineException(stage, $"takes {info.Inputs.Length} columns, one for each input, but {features.Length} were given");
        Meaning = info switch
        {
            { Target: TargetKind.Labels, LowestLabel: < 0 } => NetworkMeaning.Sign,
            { Target: TargetKind.Labels } => NetworkMeaning.Classes,
            { Target: TargetKind.None } => NetworkMeaning.Numbers,
            { TargetMeaning: TargetMeaning.Decision } => OutputSize == 1 ? NetworkMeaning.Decision : NetworkMeaning.Probabilities,
            { TargetMeaning: TargetMeaning.Number } => OutputSize == 1 ? NetworkMeaning.Number : NetworkMeaning.Numbers,
            _ => NetworkMeaning.Logarithms,
        };
    }

    public NetworkMeaning Meaning { get; }

    /// <summary>Values of the main output.</summary>
    public int OutputSize => info.Outputs[0].Size;

    /// <summary>How many classes its predictions have; 0 of what predicts none.</summary>
    public int Classes => Meaning switch
    {
        NetworkMeaning.Classes => OutputSize,
        NetworkMeaning.Decision or NetworkMeaning.Sign => 2,
        _ => 0,
    };

    /// <summary>The label of a class, as the loss takes it.</summary>
    public int LabelOf(int number) => info.LowestLabel + (number * info.LabelStep);

    /// <summary>The entry point that gives the exposed code.</summary>
    public int CodeEntry => Array.FindIndex(info.EntryPoints, entry => entry.Kind == EntryKind.Part && entry.Inputs is null) is >= 0 and int found
        ? found
        : throw new PipelineException(stage, "has no Expose, and so no code");

    /// <summary>Values of the exposed code.</summary>
    public int CodeSize => info.OutputsOf(CodeEntry)[0].Size;

    /// <summary>Looks whether the columns fit the inputs.</summary>
    /// <exception cref="PipelineException">One has another size.</exception>
    public void CheckSizes(ColumnBatch batch)
    {
        for (int i = 0; i < features.Length; i++)
        {
            PortInfo port = info.Inputs[i];
            int size = port.Element == ElementType.Int32 ? batch.IdsPerRow(features[i]) : batch.Vectors(features[i]).Size;
            if (batch.Count > 0 && size != port.Size)
                throw new PipelineException(stage, $"takes {port.Size} elements at its input {port.Name}, but {batch.NameOf(features[i])} has {size}").At(batch.RowOf(0));
        }
    }

    /// <summary>Room for some rows of every input.</summary>
    /// <exception cref="PipelineException">It is more than an array holds.</exception>
    public (float[] Values, int[] Ids)[] Room(int rows) => [.. info.Inputs.Select(port => ((long)rows * port.Size) is var all && all > Array.MaxLength
        ? throw new PipelineException(stage, $"would take {rows} rows of {port.Size} elements at once, and at most {Array.MaxLength} elements fit")
        : port.Element == ElementType.Int32 ? (Array.Empty<float>(), new int[all]) : (new float[all], Array.Empty<int>()))];

    /// <summary>Copies rows of the columns, block by block, to the inputs.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="first">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="room">Where they go, from <paramref name="at"/> on.</param>
    /// <param name="at">The place of the first.</param>
    public void Gather(ColumnBatch batch, int first, int count, (float[] Values, int[] Ids)[] room, int at)
    {
        for (int i = 0; i < features.Length; i++)
        {
            int size = info.Inputs[i].Size;
            if (info.Inputs[i].Element == ElementType.Int32)
            {
                batch.Ids(features[i], size).Slice(first * size, count * size).CopyTo(room[i].Ids.AsSpan(at * size));
                continue;
            }

            Rows.FeatureRows vectors = batch.Vectors(features[i]);
            for (int row = first; row < first + count;)
            {
                Rows.FeatureBlock block = vectors.Blocks[row / vectors.RowsPerBlock];
                int taken = Math.Min(first + count, block.First + block.Rows) - row;
                block.CopyRows(row - block.First, taken, room[i].Values.AsSpan((at + row - first) * size));
                row += taken;
            }
        }
    }

    /// <summary>Gives rows to the inputs of a run.</summary>
    public void Feed(ProgramRun run, (float[] Values, int[] Ids)[] room, int count)
    {
        for (int i = 0; i < features.Length; i++)
        {
            int values = count * info.Inputs[i].Size;
            if (info.Inputs[i].Element == ElementType.Int32)
                run.Input(i, room[i].Ids.AsSpan(0, values));
            else
                run.Input(i, room[i].Values.AsSpan(0, values));
        }
    }

    /// <summary>All rows as samples with what the loss wants beside.</summary>
    public static Samples Samples(int count, (float[] Values, int[] Ids)[] room, int[] labels, float[] targets) =>
        new(count, (IReadOnlyList<SampleInput>)[.. room.Select(one => one.Ids.Length > 0 ? SampleInput.Of(one.Ids) : SampleInput.Of(one.Values))], labels, targets);
}
