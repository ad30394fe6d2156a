using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Dsl.Runtime;

namespace Dsl;

/// <summary>
/// What every network is, whatever its layers: for evaluation, averaging and serving without reflection. The class that the compiler completes
/// adds the typed members.
/// </summary>
public interface INetwork : IDisposable
{
    /// <summary>The class's name.</summary>
    string Name { get; }

    /// <summary>Inputs in declared order: names, shapes, sizes.</summary>
    IReadOnlyList<PortInfo> Inputs { get; }

    /// <summary>The main output, then each further one.</summary>
    IReadOnlyList<PortInfo> Outputs { get; }

    /// <summary>The rows of <see cref="Summary"/>: every layer with its shape, parameters and operations.</summary>
    IReadOnlyList<LayerRow> Layers { get; }

    /// <summary>Parameters and running statistics in declared order, also by name.</summary>
    ParameterList Parameters { get; }

    /// <summary>The main output of a batch of a network with one input and one output.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or the outputs overlap the inputs or the parameters in memory.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>The main output of a batch of a network with one input, of ids, and one output.</summary>
    /// <exception cref="ArgumentException">A length does not fit, an id is none of the vocabulary, or the outputs overlap the ids or the parameters in memory.</exception>
    void Predict(ReadOnlySpan<int> ids, Span<float> outputs);

    /// <summary>Writes the weights as safetensors.</summary>
    void Save(string path);

    /// <summary>Writes the weights as safetensors.</summary>
    void Save(Stream stream);

    /// <summary>The table of layers, shapes, parameters, operations.</summary>
    string Summary();
}

/// <summary>The base of every model class: the members that do not depend on the declaration.</summary>
public abstract partial class Network : INetwork
{
    private readonly NetworkProgram code;

    /// <summary>Takes the compiled program over and fills in the first weights.</summary>
    /// <param name="code">The compiled program.</param>
    /// <param name="seed">Seed of initialisation and dropout; the same seed gives the same bits.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Network(NetworkProgram code, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = code;
        code.Seed = seed;
        code.LearningRate = code.Info.LearningRate;
        try
        {
            Parameters = new ParameterList(code);
            for (int i = 0; i < Parameters.Count; i++)
                code.Info.Parameters[i].Initialize(Parameters[i].ReplacedValues, seed, i);
        }
        catch
        {
            // Nobody gets this network, so nobody else can dispose it.
            code.Dispose();
            throw;
        }
    }

    /// <summary>The class's name.</summary>
    string INetwork.Name => code.Info.Name;

    /// <inheritdoc/>
    IReadOnlyList<PortInfo> INetwork.Inputs => code.Info.Inputs;

    /// <inheritdoc/>
    IReadOnlyList<PortInfo> INetwork.Outputs => code.Info.Outputs;

    /// <inheritdoc/>
    IReadOnlyList<LayerRow> INetwork.Layers => code.Info.Rows;

    /// <summary>Parameters and running statistics in declared order, also by name.</summary>
    public ParameterList Parameters { get; }

    /// <summary>The optimizer's base rate; the schedule works on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or beyond the range of a float32.</exception>
    public double LearningRate
    {
        get => code.LearningRate;
        set => code.LearningRate = LearningRates.Checked(value);
    }

    /// <summary>Training steps made so far.</summary>
    public long Step => code.Step;

    /// <summary>Steps that the schedule spans; 0 while unknown. <c>Fit</c> sets it, and it cannot be set during one.</summary>
    public long TotalSteps
    {
        get => code.TotalSteps;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            code.Fits.ThrowIfRunning(nameof(TotalSteps));
            code.TotalSteps = value;
        }
    }

    /// <summary>Steps of an epoch, for schedules that count epochs; 0 while unknown. <c>Fit</c> sets it, and it cannot be set during one.</summary>
    public int StepsPerEpoch
    {
        get => code.StepsPerEpoch;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            code.Fits.ThrowIfRunning(nameof(StepsPerEpoch));
            code.StepsPerEpoch = value;
        }
    }

    /// <summary>What the generated members call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected NetworkProgram Code => code;

    /// <summary>For the house's own assemblies, which run networks whatever their class.</summary>
    internal NetworkProgram Program => code;

    /// <inheritdoc/>
    void INetwork.Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        CheckPredicts(ElementType.Float32);
        code.Predict(inputs, outputs);
    }

    /// <inheritdoc/>
    void INetwork.Predict(ReadOnlySpan<int> ids, Span<float> outputs)
    {
        CheckPredicts(ElementType.Int32);
        code.CheckApart(nameof(ids), ids, nameof(outputs), outputs);
        using ProgramRun run = code.StartInference();
        run.Input(0, ids);
        run.Execute();
        run.Output(0, outputs);
    }

    private void CheckPredicts(ElementType element)
    {
        if (code.Info.Inputs.Length != 1 || code.Info.Outputs.Length != 1)
            throw new InvalidOperationException($"{code.Info.Name} has {code.Info.Inputs.Length} inputs and {code.Info.Outputs.Length} outputs; call its own Predict.");
        if (code.Info.Inputs[0].Element != element)
            throw new InvalidOperationException($"{code.Info.Name} takes {code.Info.Inputs[0].Element}, but {element} was given.");
    }

    /// <summary>The table of layers, shapes, parameters, operations.</summary>
    public string Summary()
    {
        List<string[]> rows = [["layer", "shape", "parameters", "operations"]];
        foreach (LayerRow row in code.Info.Rows)
            rows.Add([row.Name, row.Shape, Number(row.Parameters), Number(row.Operations)]);
        rows.Add(["total", "", Number(code.Info.ParameterCount), Number(code.Info.FlopsPerSample)]);
        int[] widths = new int[4];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < 4; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        StringBuilder text = new();
        text.Append(code.Info.Name).Append('\n');
        foreach (string[] row in rows)
        {
            string line = row[0].PadRight(widths[0]) + "  " + row[1].PadRight(widths[1]) + "  " + row[2].PadLeft(widths[2]) + "  " + row[3].PadLeft(widths[3]);
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Frees the network's memory, after the calls that are under way on other threads; later ones throw.</summary>
    public void Dispose()
    {
        code.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Copies all values of a network of the same class.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CopyValues(Network other)
    {
        ArgumentNullException.ThrowIfNull(other);
        code.Fits.ThrowIfRunning("CopyFrom");
        for (int i = 0; i < Parameters.Count; i++)
            other.Parameters[i].ReadValues.CopyTo(Parameters[i].ReplacedValues);
    }

    /// <summary>Runs an action on a new batch and gives the batch.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static TBatch Filled<TBatch>(TBatch batch, Action<TBatch> fill)
        where TBatch : SampleBatch
    {
        ArgumentNullException.ThrowIfNull(fill);
        fill(batch);
        return batch;
    }

    /// <summary>A batch that a caller gave to a generated member.</summary>
    /// <exception cref="ArgumentNullException">It is null; the exception names the member's parameter.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static TBatch Given<TBatch>(TBatch? batch, [CallerArgumentExpression(nameof(batch))] string? parameter = null)
        where TBatch : SampleBatch => batch ?? throw new ArgumentNullException(parameter);

    private static string Number(long number) => number.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture);
}
