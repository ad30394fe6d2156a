extern alias generator;

using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;
using Dsl.Generator.Networks.Planning;
using ElementType = generator::Dsl.Runtime.ElementType;

namespace Dsl.Generator.Tests.Elements;

/// <summary>
/// The tests' own layers, for what the house knows and no layer of the language says yet: int32 ids, lengths of samples, state that is carried from
/// run to run. They stand on the same walls as any layer and touch nothing else.
/// </summary>
internal static class SequenceLayers
{
    /// <summary>The attributes as a user's project would have them.</summary>
    public const string Attributes = """

        namespace Dsl
        {
            sealed class IdsAttribute(int length) : NodeAttribute { public int Length { get; } = length; public int Vocabulary { get; set; } = 10; public int Padding { get; set; } = -1; }
            sealed class LookAttribute(int features) : NodeAttribute { public int Features { get; } = features; }
            sealed class LastAttribute : NodeAttribute;
            sealed class NosyAttribute : NodeAttribute;
            sealed class RunningAttribute : NodeAttribute;
        }
        """;

    public static void Install()
    {
        FurtherConstructs.Add("Ids", static () => IdSource.Instance);
        FurtherConstructs.Add("Look", static () => Look.Instance);
        FurtherConstructs.Add("Last", static () => Last.Instance);
        FurtherConstructs.Add("Nosy", static () => Nosy.Instance);
        FurtherConstructs.Add("Running", static () => Running.Instance);
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class IdsAttribute(int length) : Attribute
    {
        public int Length { get; } = length;

        public int Vocabulary { get; set; } = 10;

        public int Padding { get; set; } = -1;
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class LookAttribute(int features) : Attribute
    {
        public int Features { get; } = features;
    }

    private sealed record IdsOptions(int Length, int Vocabulary, int Padding);

    private sealed record LookOptions(int Features);

    /// <summary>A source of ids; with a padding id, of samples of unequal length.</summary>
    private sealed class IdSource : SourceLayer
    {
        public static IdSource Instance { get; } = new();

        public override string Name => "Ids";

        public override ElementType Gives => ElementType.Int32;

        public override object ReadOptions(Entry entry)
        {
            IdsAttribute written = entry.Attribute<IdsAttribute>();
            return new IdsOptions(written.Length, written.Vocabulary, written.Padding);
        }

        public override Shape OutputOf(LayerSite site) => Sized(site, site.Entry.Options<IdsOptions>().Length);

        public override IdRange Ids(Entry entry) => new(entry.Options<IdsOptions>().Vocabulary, entry.Options<IdsOptions>().Padding);

        public override Storage? LengthsOf(Lowering lowering, Node node, Tensor value)
        {
            IdsOptions options = node.Entry.Options<IdsOptions>();
            if (options.Padding < 0)
                return null;
            Storage lengths = lowering.NewInts(value.Name + "Lengths", 1);
            lowering.Call(Operations.SequenceLengths, Operand.Buffer(value), options.Padding, Operand.Buffer(lengths), options.Length, Operand.Batch);
            return lengths;
        }
    }

    /// <summary>A row of a table for each id.</summary>
    private sealed class Look : Layer
    {
        public static Look Instance { get; } = new();

        public override string Name => "Look";

        public override ElementType Takes => ElementType.Int32;

        public override Lengths LengthsIn(Node node) => Lengths.Passed;

        public override object ReadOptions(Entry entry) => new LookOptions(entry.Attribute<LookAttribute>().Features);

        public override Shape OutputOf(LayerSite site) => Sized(site, site.Input[0], site.Entry.Options<LookOptions>().Features);

        public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [new("weight", node => new Shape(node.InputIds.Vocabulary, node.Shape.Last), _ => Initialisation.FanIn(4))];

        public override void Lower(Lowering lowering, FusedGroup group)
        {
            Tensor ids = lowering.InputOf(group);
            Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
            Operand places = Operand.PerSample(group.Head.Shape[0]);
            int features = group.Head.Shape.Last;
            lowering.Call(Operations.Embedding, lowering.Parameter(group.Head, "weight"), Operand.Buffer(ids), Operand.Buffer(y), places, features);
            lowering.OnBackward(group, y, dy => lowering.Call(
                Operations.EmbeddingBackward, Operand.Buffer(ids), Operand.Buffer(dy), lowering.ParameterGradient(group.Head, "weight"), places, group.Head.InputIds.Vocabulary, features, -1));
        }
    }

    /// <summary>The last own step of each sample.</summary>
    private sealed class Last : Layer
    {
        public static Last Instance { get; } = new();

        public override string Name => "Last";

        public override bool TakesRank(int rank) => rank == 2;

        public override Lengths LengthsIn(Node node) => Lengths.Consumed;

        public override Shape OutputOf(LayerSite site) => Sized(site, site.Input.Last);

        public override void Lower(Lowering lowering, FusedGroup group)
        {
            Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
            Operand lengths = lowering.LengthsOf(group);
            Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
            Shape shape = group.Head.InputShape;
            lowering.Call(Operations.LastStep, Operand.Buffer(x), lengths, Operand.Buffer(y), shape[0], shape[1], shape[1], Operand.Batch);
            lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
                lowering.Call(Operations.LastStepBackward, lengths, Operand.Buffer(dy), Operand.Buffer(dx), shape[0], shape[1], shape[1], Operand.Batch)));
        }
    }

    /// <summary>Asks for lengths, though it says that it takes none.</summary>
    private sealed class Nosy : Layer
    {
        public static Nosy Instance { get; } = new();

        public override string Name => "Nosy";

        public override void Lower(Lowering lowering, FusedGroup group) => lowering.LengthsOf(group);
    }

    /// <summary>The sum of what came in this and earlier runs.</summary>
    private sealed class Running : Layer
    {
        public static Running Instance { get; } = new();

        public override string Name => "Running";

        public override bool Carries(Node node) => true;

        public override void Lower(Lowering lowering, FusedGroup group)
        {
            Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
            if (lowering.CarriedIn(group, "Sum", group.Head.Shape) is not { } before)
            {
                lowering.SetOutput(group, x);
                return;
            }

            Tensor y = lowering.NewFlat(group, needsGradient: false);
            lowering.Call(Operations.Add, Operand.View(x), Operand.View(before), Operand.View(y), Operand.Batch);
            lowering.CarryOut(group, "Sum", y);
        }
    }
}
