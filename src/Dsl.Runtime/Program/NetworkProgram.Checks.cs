using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <content>What is given against what is wanted.</content>
public abstract partial class NetworkProgram<TBackend>
{
    private int BatchOf(int length, PortInfo port)
    {
        int size = port.Size;
        int batch = length / size;
        return batch * size == length
            ? batch
            : throw new ArgumentException($"{Info.Name}: {port} has {size} values a sample, so a batch has a multiple of that, but {length} values were given.");
    }

    private void CheckOutput(int length, int batch, int size, string name)
    {
        if (length != (long)batch * size)
            throw new ArgumentException($"{Info.Name}: {batch} samples of output {name} are {(long)batch * size} values ({size} each), but the span has room for {length}.");
    }

    private void RefuseOutput(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        CheckApart("inputs", inputs, "outputs", outputs);
        CheckNotParameters("outputs", MemoryMarshal.AsBytes(outputs));
    }

    /// <summary>Refuses an output that would be written over the parameters.</summary>
    private void CheckNotParameters(string what, ReadOnlySpan<byte> bytes)
    {
        if (parameters!.Overlaps(bytes))
            throw new ArgumentException($"{Info.Name}: {what} overlaps the network's own parameters in memory; an output needs memory of its own.");
    }

    internal sealed override void CheckNotOwn(string what, ReadOnlySpan<byte> bytes)
    {
        if (parameters!.Overlaps(bytes) || Volatile.Read(ref gradients)?.Overlaps(bytes) == true)
            throw new ArgumentException($"{Info.Name}: {what} overlaps the network's own parameters or gradients in memory, which a training step changes; a copy is wanted.");
    }

    private void CheckIds(PortInfo port, ReadOnlySpan<int> ids)
    {
        uint vocabulary = (uint)port.Vocabulary;
        for (int i = 0; i < ids.Length; i++)
        {
            if ((uint)ids[i] >= vocabulary)
                throw new ArgumentOutOfRangeException(port.Name, $"{Info.Name}: id {i} of {port.Name} is {ids[i]}, but its vocabulary is {vocabulary}: ids run from 0 to {vocabulary - 1}.");
        }
    }

    private void CheckTargets(StepContext context, int batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        context.HasCountedLabels = true;
        long wanted = (long)batch * Info.TargetSize;
        if (Info.Target == TargetKind.Labels)
        {
            if (labels.Length != wanted)
                throw new ArgumentException($"{Info.Name}: {batch} samples need {wanted} labels, but {labels.Length} were given.", nameof(labels));
            context.HasCountedLabels = CheckLabels(labels);
        }
        else if (Info.Target == TargetKind.Values && targets.Length != wanted)
        {
            throw new ArgumentException($"{Info.Name}: {batch} samples need {wanted} target values ({Info.TargetSize} each), but {targets.Length} were given.", nameof(targets));
        }
    }

    /// <summary>False when none of them counts.</summary>
    private bool CheckLabels(ReadOnlySpan<int> labels)
    {
        int ignored = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Info.IgnoredLabel)
                ignored++;
            else if (!Info.IsClass(labels[i]))
                throw new ArgumentOutOfRangeException(nameof(labels), $"{Info.Name}: label {i} is {labels[i]}, but there are {Info.Classes} classes: labels are {Info.LabelRange}.");
        }

        return ignored < labels.Length;
    }
}
