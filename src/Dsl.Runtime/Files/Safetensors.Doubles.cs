using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <content>Tensors of doubles, F64, which no network has.</content>
public static partial class Safetensors
{
    /// <summary>Writes doubles to a stream, which stays open.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="tensors">The tensors, written in this order as F64.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a shape does not fit its values.</exception>
    internal static void WriteDoubles(Stream stream, IReadOnlyList<DoubleTensor> tensors)
    {
        WriteHeader(stream, null, tensors.Count, entries =>
        {
            foreach (DoubleTensor tensor in tensors)
                entries.Add(tensor.Name, "F64", sizeof(double), tensor.Shape, tensor.Values.Length, nameof(tensors));
        });
        foreach (DoubleTensor tensor in tensors)
            stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
    }

    /// <summary>Reads every tensor of a file, whatever its name and shape.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <exception cref="SafetensorsException">The file is damaged, or a tensor is none of doubles.</exception>
    internal static IReadOnlyList<DoubleTensor> ReadDoubles(ReadOnlySpan<byte> bytes, string source)
    {
        SafetensorsHeader header = ReadHeader(bytes, source);
        List<DoubleTensor> tensors = new(header.Tensors.Count);
        foreach (SafetensorsEntry entry in header.Tensors)
        {
            if (entry.ElementType != "F64")
                throw new SafetensorsException($"{source}: {MessageText.Quote(entry.Name)} has element type {entry.ElementType}; F64 is wanted.");
            int[] shape = new int[entry.Shape.Length];
            for (int i = 0; i < shape.Length; i++)
            {
                // Beside a dimension of 0 another may be anything.
                if (entry.Shape[i] > int.MaxValue)
                    throw new SafetensorsException($"{source}: {MessageText.Quote(entry.Name)} has shape {TensorShape.Format(entry.Shape)}; no dimension may be more than {int.MaxValue}.");
                shape[i] = (int)entry.Shape[i];
            }

            double[] values = new double[(entry.End - entry.Begin) / sizeof(double)];
            bytes.Slice((int)(header.DataStart + entry.Begin), values.Length * sizeof(double)).CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors.Add(new DoubleTensor(entry.Name, shape, values));
        }

        return tensors;
    }
}
