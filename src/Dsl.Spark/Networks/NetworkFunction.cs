using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading;
using Dsl.Runtime;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>
/// A network over columns, inside executors: rows go through it batch by batch, from the memory in which they arrived where they lie as the network wants them. One network for all tasks of a
/// process, each on its own thread.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public abstract class NetworkFunction<TNetwork> : ColumnFunction
    where TNetwork : Network
{
    // Values that are gathered before they go through the network: they are still in a core's cache then.
    private const int ValuesAtOnce = 1 << 16;
    private const int LeastRowsAtOnce = 16;

    // Between two looks at whether Spark still wants the task, which may take 200 ms: at a fifth of an old core's peak.
    private const long MostOperationsAtOnce = 1 << 30;

    // Operations a row. A struct costs Spark about 0.15 us a row more than its label alone; so many operations take no longer, should a query want both and compute the network twice.
    private const long MostOperationsTwice = 1 << 14;

    // By their weights: functions of one network share it, and so do tasks.
    private static readonly ConcurrentDictionary<(int Length, ulong Hash), Lazy<TNetwork>> Networks = new();

    /// <summary>The field of a struct that has the label.</summary>
    private protected const string LabelField = "label";

    private INetwork? network;
    private CancellationToken cancellation;
    private bool isStrict;
    private int partition;
    private long rowsBefore;
    private int inputSize;
    private int rowsAtOnce;
    private int rowsBetweenLooks;
    private InputRows<float>? rows;
    private InputRows<int>? idRows;
    private float[] values = [];
    private int[] ids = [];
    private SeveralInputs? several;
    private bool[] isRead = [];
    private float[] outputs = [];

    private protected NetworkFunction()
    {
    }

    /// <summary>What the options say: the weights are the same for all of them, and travel once.</summary>
    [Flags]
    private enum Form
    {
        None = 0,
        Strict = 1,
        LabelAlone = 2,
    }

    /// <summary>Values that the network gives for a row.</summary>
    private protected int OutputSize { get; private set; }

    /// <summary>Whether the label is all that is wanted of a struct with one.</summary>
    private protected bool IsLabelAlone { get; private set; }

    /// <summary>Makes the network.</summary>
    /// <param name="weights">A safetensors file.</param>
    protected abstract TNetwork LoadNetwork(ReadOnlySpan<byte> weights);

    /// <summary>What it gives for columns, with the network's weights as they are now; for generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="strict">Whether a row that is null or of another length is an error and not null.</param>
    /// <param name="inputs">
    /// One column of arrays of numbers, of vectors or of bytes, or as many columns of numbers as the network takes values; of a network of several inputs one column for each.
    /// </param>
    /// <exception cref="ArgumentException">There are more or fewer columns.</exception>
    public Column Over(TNetwork network, bool strict, params Column[] inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        INetwork called = network;
        int size = called.Inputs[0].Size;
        if (called.Inputs.Count > 1 && inputs.Length != called.Inputs.Count)
            throw new ArgumentException($"{called.Name} takes {called.Inputs.Count} columns, one for each input, but got {inputs.Length}.", nameof(inputs));
        if (called.Inputs.Count == 1 && inputs.Length != 1 && inputs.Length != size)
            throw new ArgumentException($"{called.Name} takes one column of arrays of {size} numbers, or {size} columns of numbers, but got {inputs.Length} columns.", nameof(inputs));
        Column column = SparkFunction.Call(Describe(called, strict), inputs);
        return Result is StructType && called.Layers.Sum(row => row.Operations) <= MostOperationsTwice
            ? column.OfFields(name => name == LabelField ? SparkFunction.Call(Describe(called, strict, isLabelAlone: true), inputs) : null)
            : column;
    }

    /// <inheritdoc/>
    public sealed override object? Load(ReadOnlyMemory<byte> state)
    {
        return Networks.GetOrAdd((state.Length, HashOf(state.Span)), _ => new Lazy<TNetwork>(() => LoadNetwork(state.Span))).Value;
    }

    /// <inheritdoc/>
    public sealed override void Start(object? state, ITask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        network = (INetwork)(state ?? throw new ArgumentNullException(nameof(state), $"{GetType()} works with a network's weights."));
        Form form = Enum.Parse<Form>(Options ?? nameof(Form.None));
        isStrict = form.HasFlag(Form.Strict);
        IsLabelAlone = form.HasFlag(Form.LabelAlone);
        cancellation = task.Cancellation;
        partition = task.Partition;
        inputSize = network.Inputs.Sum(port => port.Size);
        OutputSize = network.Outputs[0].Size;
        long operations = Math.Max(1, network.Layers.Sum(row => row.Operations));
        rowsBetweenLooks = (int)Math.Clamp(MostOperationsAtOnce / operations, 1, int.MaxValue);
        rowsAtOnce = Math.Min(rowsBetweenLooks, Math.Max(LeastRowsAtOnce, ValuesAtOnce / Math.Max(inputSize, OutputSize)));
        several = network.Inputs.Count + network.Outputs.Count > 2 ? new SeveralInputs((Network)network, rowsAtOnce) : null;
    }

    /// <inheritdoc/>
    public sealed override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
    {
        if (network is not { } started)
            throw new InvalidOperationException($"{GetType()} was not started.");

        // Spark runs as many tasks as there are cores; further threads would take the other tasks'.
        using Compute.OneThread alone = Compute.OnThisThread();
        if (several is not null)
            RunSeveral(several, arguments, rows, result);
        else if (started.Inputs[0].Element == ElementType.Int32)
            Run(ref idRows, ref ids, arguments, rows, result);
        else
            Run(ref this.rows, ref values, arguments, rows, result);
        rowsBefore += rows;
    }

    /// <summary>Appends the results of rows none of which is null.</summary>
    private protected abstract void AppendAll<T>(ReadOnlySpan<T> inputs, int rows, ColumnBuilder result)
        where T : unmanaged;

    /// <summary>Appends the result of a row.</summary>
    private protected abstract void Append(ReadOnlySpan<float> outputs, ColumnBuilder result);

    /// <summary>Predicts rows, some at once, and asks in between whether they are still wanted.</summary>
    private protected void PredictAll<T>(ReadOnlySpan<T> inputs, int rows, Span<float> outputs)
        where T : unmanaged
    {
        for (int first = 0; first < rows; first += rowsBetweenLooks)
        {
            int count = Math.Min(rowsBetweenLooks, rows - first);
            Predict(inputs.Slice(first * inputSize, count * inputSize), outputs.Slice(first * OutputSize, count * OutputSize));
        }
    }

    private void Predict<T>(ReadOnlySpan<T> inputs, Span<float> outputs)
        where T : unmanaged
    {
        cancellation.ThrowIfCancellationRequested();
        if (typeof(T) == typeof(int))
            network!.Predict(MemoryMarshal.Cast<T, int>(inputs), outputs);
        else
            network!.Predict(MemoryMarshal.Cast<T, float>(inputs), outputs);
    }

    /// <summary>Predicts rows, some at once, and appends the result of each.</summary>
    private protected void AppendEach<T>(ReadOnlySpan<T> inputs, int rows, ColumnBuilder result)
        where T : unmanaged
    {
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows - first);
            ReadOnlySpan<float> predicted = Predicted(inputs.Slice(first * inputSize, count * inputSize), count);
            for (int i = 0; i < count; i++)
                Append(predicted.Slice(i * OutputSize, OutputSize), result);
        }
    }

    /// <summary>What travels: the weights, and the form of the function as its options.</summary>
    /// <param name="network">The network.</param>
    /// <param name="strict">Whether a row that cannot be read is an error.</param>
    /// <param name="isLabelAlone">Whether the label is all that is wanted of a struct with one.</param>
    internal FunctionDescription Describe(INetwork network, bool strict, bool isLabelAlone = false)
    {
        MemoryStream state = new();
        network.Save(state);
        Form form = (strict ? Form.Strict : Form.None) | (isLabelAlone ? Form.LabelAlone : Form.None);
        return new FunctionDescription(
            GetType(),
            isLabelAlone ? $"{network.Name}.{LabelField}" : network.Name,
            isLabelAlone ? new IntegerType() : Result,
            state.GetBuffer().AsMemory(0, (int)state.Length),
            Options: form.ToString());
    }

    /// <summary>Tells weights apart. .NET's own hashes want OpenSSL, which executors need not have.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> weights)
    {
        // An odd constant spreads bits upwards, the rotation brings them down again: floats that differ in their signs alone must not cancel.
        const ulong Spread = 0x9E37_79B9_7F4A_7C15;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(weights);
        ulong hash = Spread;
        foreach (ulong word in words)
            hash = BitOperations.RotateLeft((hash ^ word) * Spread, 29);
        foreach (byte rest in weights[(words.Length * sizeof(ulong))..])
            hash = BitOperations.RotateLeft((hash ^ rest) * Spread, 29);
        return hash;
    }

    private static void Grow<T>(ref T[] array, int wanted)
    {
        if (array.Length < wanted)
            array = new T[wanted];
    }

    private void Run<T>(ref InputRows<T>? source, ref T[] gathered, ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        where T : unmanaged
    {
        if (source is null || !source.Fits(arguments))
            source = InputRows<T>.Of(arguments, network!.Name, inputSize);
        source.Begin(arguments);
        ReadOnlySpan<T> inPlace = source.InPlace;
        if (!inPlace.IsEmpty)
        {
            AppendAll(inPlace, rows, result);
            return;
        }

        Grow(ref gathered, Math.Min(rows, rowsAtOnce) * inputSize);
        Grow(ref isRead, Math.Min(rows, rowsAtOnce));
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows - first);
            int read = Gather(source, gathered, first, count);
            if (read == count)
            {
                AppendAll<T>(gathered.AsSpan(0, read * inputSize), read, result);
                continue;
            }

            AppendRead(count, Predicted<T>(gathered.AsSpan(0, read * inputSize), read), result);
        }
    }

    private void RunSeveral(SeveralInputs inputs, ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
    {
        inputs.Begin(arguments);
        Grow(ref isRead, Math.Min(rows, rowsAtOnce));
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(rowsAtOnce, rows - first);
            int read = 0;
            for (int i = 0; i < count; i++)
            {
                isRead[i] = inputs.Read(first + i, read);
                if (isRead[i])
                    read++;
                else if (isStrict)
                    throw Wrong(first + i, inputs.FlawOf(first + i, read));
            }

            Grow(ref outputs, read * OutputSize);
            if (read > 0)
                inputs.Predict(read, outputs.AsSpan(0, read * OutputSize));
            AppendRead(count, outputs, result);
        }
    }

    /// <summary>Appends the result of each row that could be read, and null for the others.</summary>
    private void AppendRead(int count, ReadOnlySpan<float> predicted, ColumnBuilder result)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            if (!isRead[i])
                result.AppendNull();
            else
                Append(predicted.Slice(OutputSize * at++, OutputSize), result);
        }
    }

    private InvalidOperationException Wrong(int row, string flaw) => new($"{network!.Name}: row {rowsBefore + row} of partition {partition}, from 0, {flaw}.");

    private ReadOnlySpan<float> Predicted<T>(ReadOnlySpan<T> inputs, int count)
        where T : unmanaged
    {
        Grow(ref outputs, count * OutputSize);
        Span<float> predicted = outputs.AsSpan(0, count * OutputSize);
        Predict(inputs, predicted);
        return predicted;
    }

    /// <summary>Puts the rows that can be read one behind the other; how many.</summary>
    private int Gather<T>(InputRows<T> source, T[] gathered, int first, int count)
        where T : unmanaged
    {
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            isRead[i] = source.Read(first + i, gathered.AsSpan(read * inputSize, inputSize));
            if (isRead[i])
                read++;
            else if (isStrict)
                throw Wrong(first + i, source.FlawOf(first + i));
        }

        return read;
    }
}
