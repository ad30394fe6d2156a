using System;
using System.Collections.Generic;
using System.Text;

namespace Dsl.Runtime;

/// <summary>A tensor as a header names it, unchecked.</summary>
internal readonly record struct NamedRange(string Name, string ElementType, long[] Shape, long Begin, long End);

/// <summary>
/// Reads the headers that programs write: objects of ASCII strings and whole numbers, each member once, nothing else. Of anything else it says so, and the header is read by
/// System.Text.Json, which knows all of JSON and what to say of damage; but it takes 1.5 MB of a process that only reads weights and predicts.
/// </summary>
internal ref struct PlainHeaderReader(ReadOnlySpan<byte> json)
{
    // Any number of so many digits is one.
    private const int MostDigits = 18;

    private readonly ReadOnlySpan<byte> json = json;
    private int at;

    /// <summary>Reads a whole header; false where it has something else than the plain.</summary>
    public bool TryRead(List<NamedRange> tensors, Dictionary<string, string> metadata)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        bool isFirst = true;
        if (!Take('{'))
            return false;
        while (TryNext('}', ref isFirst, out bool ends))
        {
            if (ends)
            {
                SkipBlanks();
                return at == json.Length;
            }

            if (!TryText(out string name) || !Take(':') || !names.Add(name))
                return false;
            if (name == SafetensorsHeader.MetadataKey ? !TryMetadata(metadata) : !TryTensor(name, tensors))
                return false;
        }

        return false;
    }

    private bool TryMetadata(Dictionary<string, string> metadata)
    {
        bool isFirst = true;
        if (!Take('{'))
            return false;
        while (TryNext('}', ref isFirst, out bool ends))
        {
            if (ends)
                return true;
            if (!TryText(out string key) || !Take(':') || !TryText(out string value) || !metadata.TryAdd(key, value))
                return false;
        }

        return false;
    }

    private bool TryTensor(string name, List<NamedRange> tensors)
    {
        string? elementType = null;
        long[]? shape = null;
        long[]? offsets = null;
        bool isFirst = true;
        if (!Take('{'))
            return false;
        while (TryNext('}', ref isFirst, out bool ends))
        {
            if (ends)
            {
                if (elementType is null || shape is null || offsets is not [long begin, long end])
                    return false;
                tensors.Add(new NamedRange(name, elementType, shape, begin, end));
                return true;
            }

            if (!TryText(out string key) || !Take(':'))
                return false;
            bool isRead = key switch
            {
                "dtype" => elementType is null && TryText(out elementType),
                "shape" => shape is null && TryNumbers(out shape),
                "data_offsets" => offsets is null && TryNumbers(out offsets),
                _ => false,
            };
            if (!isRead)
                return false;
        }

        return false;
    }

    private bool TryNumbers(out long[]? numbers)
    {
        List<long> read = [];
        numbers = null;
        bool isFirst = true;
        if (!Take('['))
            return false;
        while (TryNext(']', ref isFirst, out bool ends))
        {
            if (ends)
            {
                numbers = [.. read];
                return true;
            }

            if (!TryNumber(out long number))
                return false;
            read.Add(number);
        }

        return false;
    }

    private bool TryNumber(out long number)
    {
        SkipBlanks();
        number = 0;
        int start = at;
        for (; at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at - start == MostDigits)
                return false;
            number = (number * 10) + (json[at] - '0');
        }

        return at > start && (at - start == 1 || json[start] != '0');
    }

    private bool TryText(out string text)
    {
        text = "";
        if (!Take('"'))
            return false;
        ReadOnlySpan<byte> rest = json[at..];
        int length = rest.IndexOf((byte)'"');
        if (length < 0 || rest[..length].IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 || rest[..length].Contains((byte)'\\'))
            return false;
        text = Encoding.ASCII.GetString(rest[..length]);
        at += length + 1;
        return true;
    }

    /// <summary>Goes on to the next member, behind its comma, or over the end of the list; false where there is neither.</summary>
    private bool TryNext(char end, ref bool isFirst, out bool ends)
    {
        ends = Take(end);
        bool goesOn = ends || isFirst || Take(',');
        isFirst = false;
        return goesOn;
    }

    private bool Take(char wanted)
    {
        SkipBlanks();
        if (at == json.Length || json[at] != wanted)
            return false;
        at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
    }
}
