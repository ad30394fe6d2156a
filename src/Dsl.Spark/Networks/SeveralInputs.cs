using System;
using System.Linq;
using Dsl.Runtime;
using Dsl.Spark.Arrow;

namespace Dsl.Spark.Networks;

/// <summary>The inputs of a network that has several, or further outputs: a column each, gathered row by row. Of one task; it allocates once.</summary>
/// <param name="network">The network.</param>
/// <param name="rowsAtOnce">How many rows go through it at once.</param>
internal sealed class SeveralInputs(Network network, int rowsAtOnce)
{
    private readonly Input[] inputs = [.. ((INetwork)network).Inputs.Select(port => port.Element == ElementType.Int32
        ? (Input)new Input<int>(port, rowsAtOnce, network)
        : new Input<float>(port, rowsAtOnce, network))];

    /// <summary>Takes the next batch.</summary>
    /// <param name="columns">A column for each input, or for each value of the only one.</param>
    /// <exception cref="InvalidOperationException">There are more or fewer, or the network cannot take one.</exception>
    public void Begin(ReadOnlySpan<ArrowColumn> columns)
    {
        if (inputs.Length == 1)
        {
            // Each of its values may have a column of its own.
            inputs[0].Begin(columns);
            return;
        }

        if (columns.Length != inputs.Length)
            throw new InvalidOperationException($"{((INetwork)network).Name} takes {inputs.Length} columns, one for each input, but got {columns.Length}.");
        for (int i = 0; i < inputs.Length; i++)
            inputs[i].Begin(columns.Slice(i, 1));
    }

    /// <summary>Copies a row into one of the places; false where it is null or wrong.</summary>
    public bool Read(int row, int place)
    {
        foreach (Input input in inputs)
        {
            if (!input.Read(row, place))
                return false;
        }

        return true;
    }

    /// <summary>What is wrong with a row that could not be read.</summary>
    public string FlawOf(int row, int place)
    {
        Input wrong = Array.Find(inputs, input => !input.Read(row, place))!;
        return $"{wrong.FlawOf(row)} (input {wrong.Name})";
    }

    /// <summary>The main output of the rows in the first places.</summary>
    public void Predict(int count, Span<float> outputs)
    {
        using ProgramRun run = network.Program.StartInference();
        for (int i = 0; i < inputs.Length; i++)
            inputs[i].Feed(run, i, count);
        run.Execute();
        run.Output(0, outputs);
    }

    private abstract class Input(string name)
    {
        public string Name => name;

        public abstract void Begin(ReadOnlySpan<ArrowColumn> columns);

        public abstract bool Read(int row, int place);

        public abstract string FlawOf(int row);

        public abstract void Feed(ProgramRun run, int input, int count);
    }

    private sealed class Input<T>(PortInfo port, int rowsAtOnce, Network network) : Input(port.Name)
        where T : unmanaged
    {
        private readonly T[] values = new T[rowsAtOnce * port.Size];
        private InputRows<T>? source;

        public override void Begin(ReadOnlySpan<ArrowColumn> columns)
        {
            if (source is null || !source.Fits(columns))
                source = InputRows<T>.Of(columns, $"Input {Name} of {((INetwork)network).Name}", port.Size);
            source.Begin(columns);
        }

        public override bool Read(int row, int place) => source!.Read(row, values.AsSpan(place * port.Size, port.Size));

        public override string FlawOf(int row) => source!.FlawOf(row);

        public override void Feed(ProgramRun run, int input, int count)
        {
            if (values is int[] ids)
                run.Input(input, ids.AsSpan(0, count * port.Size));
            else
                run.Input(input, ((float[])(object)values).AsSpan(0, count * port.Size));
        }
    }
}
