using System;
using System.Collections;
using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl;

/// <summary>A parameter (or running statistic) of a network, in PyTorch's shape and order.</summary>
public sealed class Parameter : INamedTensor
{
    private readonly NetworkProgram program;
    private readonly ParameterInfo info;

    internal Parameter(NetworkProgram program, ParameterInfo info)
    {
        this.program = program;
        this.info = info;
    }

    /// <summary>Its name in files: layer, dot, PyTorch's name, as in <c>Conv2d1.weight</c>.</summary>
    public string Name => info.Name;

    /// <summary>Its shape in PyTorch's order: out×in, O×I×kh×kw.</summary>
    public ReadOnlySpan<int> Shape => info.Shape;

    /// <summary>Number of values.</summary>
    public int Count => info.Count;

    /// <summary>False for frozen parameters and running statistics.</summary>
    public bool IsTrainable => info.IsTrainable;

    /// <summary>
    /// Its values, row-major, to read and to write. Ask for the span again after each run of the network: what is written into an older one may not
    /// reach the next prediction. Asking counts as a change, so not while other threads predict.
    /// </summary>
    public Span<float> Values => program.ParameterSpan(info.Offset, info.Count, HostAccess.Update);

    /// <summary>
    /// Its gradients after the last training step or call of <c>Gradients</c>, row-major; empty for what is not trained. Not yet scaled by ClipNorm, without weight decay. What is
    /// written here between <c>Gradients</c> and <c>Apply</c> is what is applied. Ask for the span again after each run of the network.
    /// </summary>
    public Span<float> Gradients => info.IsTrainable ? program.GradientSpan(info.Offset, info.Count) : [];

    /// <summary>Its values, only to be read: asking for them does not count as a change.</summary>
    ReadOnlySpan<float> INamedTensor.Values => ReadValues;

    /// <summary>Where its next values go, all of them.</summary>
    Span<float> INamedTensor.ValuesToReplace => ReplacedValues;

    internal ReadOnlySpan<float> ReadValues => program.ParameterSpan(info.Offset, info.Count, HostAccess.Read);

    internal Span<float> ReplacedValues => program.ParameterSpan(info.Offset, info.Count, HostAccess.Replace);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {string.Join('×', Shape.ToArray())}";
}

/// <summary>The parameters of a network in declared order, also by name.</summary>
public sealed class ParameterList : IReadOnlyList<Parameter>
{
    private readonly Parameter[] parameters;
    private readonly Dictionary<string, Parameter> byName;
    private readonly string network;

    internal ParameterList(NetworkProgram program)
    {
        network = program.Info.Name;
        parameters = new Parameter[program.Info.Parameters.Length];
        byName = new Dictionary<string, Parameter>(parameters.Length, StringComparer.Ordinal);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new Parameter(program, program.Info.Parameters[i]);
            byName.Add(parameters[i].Name, parameters[i]);
        }
    }

    /// <inheritdoc/>
    public int Count => parameters.Length;

    /// <inheritdoc/>
    public Parameter this[int index] => parameters[index];

    /// <summary>The parameter of that name, such as <c>Conv2d1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Parameter this[string name] => byName.TryGetValue(name, out Parameter? parameter)
        ? parameter
        : throw new KeyNotFoundException($"{network} has no parameter {MessageText.Quote(name)}; it has {MessageText.Enumerate(byName.Keys, shown: 20)}.");

    /// <summary>Looks a parameter up by name.</summary>
    public bool TryGet(string name, out Parameter? parameter) => byName.TryGetValue(name, out parameter);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => parameters.GetEnumerator();
}
