using System;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>
/// A layer that is made of several operations, over rows of T×F in row-major order: each piece calls one, gives its value and says what its gradient is. Names tell
/// the pieces' values apart.
/// </summary>
internal sealed class Composition(Lowering lowering, FusedGroup group)
{
    private readonly Node node = group.Head;
    private readonly bool needsGradient = lowering.NeedsGradient(group);

    /// <summary>An input of the layer.</summary>
    public Tensor Input(int i = 0) => lowering.Plain(lowering.Contiguous(lowering.InputOf(group, i)));

    /// <summary>The value is the layer's output.</summary>
    public void Finish(Tensor y)
    {
        lowering.SetOutput(group, y);

        // First of the backward pass: what the pieces call stands under the layer's name.
        lowering.OnBackward(group, y, _ => { });
    }

    /// <summary>x·Wᵀ + b.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="name">The piece.</param>
    /// <param name="weight">The weight's name.</param>
    /// <param name="bias">The bias's name.</param>
    /// <param name="epilogue">Applied to the result; in training one whose derivative follows from its output.</param>
    public Tensor Linear(Tensor x, string name, string weight, string bias, Epilogue epilogue = default)
    {
        LinearParameters parameters = new(
            lowering.Parameter(node, weight), Operand.None, lowering.Parameter(node, bias), lowering.ParameterGradient(node, weight), lowering.ParameterGradient(node, bias));
        return Linear(x, name, Rows(weight), parameters, epilogue);
    }

    /// <summary>x·Wᵀ + b with some rows of a weight and of its bias.</summary>
    public Tensor LinearPart(Tensor x, string name, string weight, string bias, int firstRow, int rows)
    {
        ParameterTable table = lowering.Parameters;
        LinearParameters parameters = new(
            table.ValuesOf(node, weight, firstRow, rows),
            Operand.None,
            table.ValuesOf(node, bias, firstRow, rows),
            table.GradientOf(node, weight, firstRow, rows),
            table.GradientOf(node, bias, firstRow, rows));
        return Linear(x, name, rows, parameters, default);
    }

    /// <summary>A layer norm of each row.</summary>
    public Tensor Norm(Tensor x, string name, string prefix, float epsilon)
    {
        Tensor y = New(name, x.Shape);
        lowering.OnBackward(y, LayerNormLayer.Emit(lowering, lowering.NameOf(group) + name, NormParameters.Of(lowering, node, prefix), epsilon, x, y));
        return y;
    }

    /// <summary>A function that no linear piece takes along.</summary>
    public Tensor Activate(Tensor x, string name, Epilogue function)
    {
        Tensor y = New(name, x.Shape);
        lowering.OnBackward(y, ActivationLayer.Emit(lowering, function, x, y));
        return y;
    }

    /// <summary>Dropout, where there is any: in training, with a probability.</summary>
    /// <param name="x">The value.</param>
    /// <param name="name">The piece.</param>
    /// <param name="probability">That of a zero.</param>
    /// <param name="place">Which of the layer's dropouts.</param>
    public Tensor Drop(Tensor x, string name, float probability, uint place)
    {
        if (!lowering.Training || probability == 0)
            return x;
        Tensor y = New(name, x.Shape);
        lowering.OnBackward(y, DropoutLayer.Emit(lowering, DropoutLayerKey.Of(node, place), probability, x, y));
        return y;
    }

    /// <summary>What a branch gives, and what it branched off from.</summary>
    public Tensor Add(Tensor branch, Tensor x, string name)
    {
        Tensor y = New(name, x.Shape);
        lowering.Call(Operations.Add, Operand.View(branch), Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(y, AddLayer.Adjoint(lowering, [branch, x], y));
        return y;
    }

    /// <summary>Attention of a sequence to itself, or to another one: the projections, the attention, the projection of what it gives.</summary>
    /// <param name="x">The queries' sequence.</param>
    /// <param name="other">The sequence of keys and values, or null: the same.</param>
    /// <param name="options">Heads and masks.</param>
    /// <param name="lengths">How many keys are to be seen.</param>
    /// <param name="prefix">What the parameters' names start with.</param>
    public Tensor Attend(Tensor x, Tensor? other, AttentionOptions options, Operand lengths, string prefix = "")
    {
        int features = x.Shape.Last;
        if (lowering.IsStepwise)
            return AttendStep(x, options, prefix);
        float dropout = lowering.Training ? options.Dropout : 0;
        AttentionShape attention = new(options.Heads, features, x.Shape[0], (other ?? x).Shape[0], other is not null, options.IsCausal, dropout);
        string weight = prefix + AttentionParameters.InWeight;
        string bias = prefix + AttentionParameters.InBias;
        Tensor q = other is null ? Linear(x, "Projected", weight, bias) : LinearPart(x, "Queries", weight, bias, 0, features);
        if (lowering.PromptLengths is not null)
            KeepProjected(q, features);
        Tensor? kv = other is null ? null : LinearPart(other, "Keys", weight, bias, features, 2 * features);
        Tensor y = New("Attended", x.Shape);
        Storage? sums = needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "LogSums", attention.LogSumFloats) : null;
        Operand shape = Operand.Of(attention, lowering.NameOf(group) + "AttentionShape");
        Operand key = dropout == 0 ? Operand.None : Operand.Of(DropoutLayerKey.Of(node));
        Operand keys = kv is null ? Operand.None : Operand.Buffer(kv);
        lowering.Call(Operations.Attention, shape, Operand.Buffer(q), keys, lengths, key, Operand.Buffer(y), Operand.BufferOrNone(sums), Operand.Batch);
        lowering.OnBackward(y, dy => lowering.WithGradient(q, dq =>
        {
            if (kv is null)
                Backward(dq, null);
            else
                lowering.WithGradient(kv, dkv => Backward(dq, dkv));

            void Backward(Storage? dq, Storage? dkv) => lowering.Call(
                Operations.AttentionBackward,
                shape,
                Operand.Buffer(q),
                keys,
                lengths,
                key,
                Operand.Buffer(y),
                Operand.BufferOrNone(sums),
                Operand.Buffer(dy),
                Operand.BufferOrNone(dq),
                Operand.BufferOrNone(dkv),
                Operand.Batch);
        }));
        return Linear(y, "Attention", prefix + AttentionParameters.OutWeight, prefix + AttentionParameters.OutBias);
    }

    /// <summary>Attention of one step to itself and to those before it, whose keys and values the layer keeps.</summary>
    private Tensor AttendStep(Tensor x, AttentionOptions options, string prefix)
    {
        AttentionStepShape attention = new(options.Heads, x.Shape.Last, lowering.ContextSteps);
        Tensor qkv = Linear(x, "Projected", prefix + AttentionParameters.InWeight, prefix + AttentionParameters.InBias);
        Storage cache = NewCache(lowering.ContextSteps, x.Shape.Last);
        Tensor y = New("Attended", x.Shape);
        Operand shape = Operand.Of(attention, lowering.NameOf(group) + "AttentionStepShape");
        lowering.Call(Operations.AttentionStep, shape, Operand.Buffer(qkv), Operand.Buffer(cache), lowering.StepPosition, Operand.Buffer(y), Operand.Batch);
        return Linear(y, "Attention", prefix + AttentionParameters.OutWeight, prefix + AttentionParameters.OutBias);
    }

    /// <summary>Keeps keys and values of all steps, side by side behind the queries, for single steps to come.</summary>
    private void KeepProjected(Tensor projected, int features)
    {
        int steps = projected.Shape[0];
        Storage cache = NewCache(steps, features);
        lowering.Call(
            Operations.CopyBlocks,
            Operand.Buffer(projected, features),
            projected.Shape.Count,
            3L * features,
            Operand.Buffer(cache),
            cache.Count,
            2L * features,
            steps,
            2 * features,
            Operand.Batch);
    }

    /// <summary>Where the layer keeps a key and a value, side by side, for each step.</summary>
    private Storage NewCache(int steps, int features) => lowering.Keep(group, "Cache", new Shape(steps, 2 * features));

    private Tensor Linear(Tensor x, string name, int outputs, LinearParameters parameters, Epilogue epilogue)
    {
        LinearShape linear = new(x.Shape.Last, outputs, epilogue);
        Tensor y = New(name, new Shape(x.Shape[0], outputs));
        lowering.OnBackward(y, LinearLayer.Emit(lowering, group, name, linear, parameters, x, y, x.Shape[0]));
        return y;
    }

    private int Rows(string parameter)
    {
        foreach (ParameterSpec spec in node.Parameters)
        {
            if (spec.Name == parameter)
                return spec.Shape[0];
        }

        throw new InvalidOperationException($"{node.Path} has no {parameter}.");
    }

    private Tensor New(string name, Shape shape)
    {
        string full = lowering.NameOf(group) + name;
        return new Tensor(full, shape, Layout.Flat(shape.Count), lowering.NewSamples(full, shape.Count), needsGradient);
    }
}
