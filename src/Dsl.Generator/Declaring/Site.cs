using System;
using System.Globalization;
using Dsl.Generator.Networks.Graph;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>One attribute under check, with what reaches it. Keeps the first flaw only: a layer reports one diagnostic about its shapes.</summary>
internal sealed class Site(Entry entry, int ordinal, string label, EquatableArray<Shape> inputs, Trace? trace = null)
{
    public Entry Entry { get; } = entry;

    /// <summary>The layer's effective name: <c>Conv2d2</c>.</summary>
    public string Label { get; } = label;

    /// <summary>The shapes that reach the layer; unknown ones where something before is wrong.</summary>
    public EquatableArray<Shape> Inputs { get; } = inputs;

    /// <summary>The shape of the current output, which is the first input of every layer.</summary>
    public Shape Input => Inputs.Count == 0 ? Shape.Unknown : Inputs[0];

    public Finding? Finding { get; private set; }

    /// <summary>How the input came to its shape: <c> (Input 1×8×8 → Flatten1 64)</c>.</summary>
    public string Origin => trace?.ToString() ?? "";

    /// <summary>Reports on an argument's value, or on an element of it.</summary>
    public Shape Fail(DiagnosticDescriptor descriptor, string argument, string text, int element = -1) =>
        Fail(descriptor, Place.Argument(ordinal, argument, element), text);

    /// <summary>Reports on the whole attribute.</summary>
    public Shape FailHere(DiagnosticDescriptor descriptor, string text) => Fail(descriptor, Place.Attribute(ordinal), text);

    public Shape Fail(DiagnosticDescriptor descriptor, Place place, string text)
    {
        Finding ??= new Finding(descriptor, place, Label + " " + text);
        return Shape.Unknown;
    }

    /// <summary>Takes over a finding made elsewhere, unless there is one already.</summary>
    public void Keep(Finding finding) => Finding ??= finding;

    /// <summary>An int or long that, where written, is at least the minimum.</summary>
    public void AtLeast(string argument, long minimum)
    {
        if (!Entry.TryGet(argument, out object? value))
            return;
        long number = value switch { int small => small, long large => large, _ => minimum };
        if (number < minimum)
            Fail(Descriptors.OutOfRange, argument, $"needs {argument} of at least {Text(minimum)}, but has {Text(number)}");
    }

    /// <summary>Every element of an int array is at least the minimum.</summary>
    public void AllAtLeast(string argument, EquatableArray<int> numbers, int minimum)
    {
        for (int i = 0; i < numbers.Count; i++)
            if (numbers[i] < minimum)
                Fail(Descriptors.OutOfRange, argument, $"needs sizes of at least {Text(minimum)}, but has {Text(numbers[i])}", i);
    }

    /// <summary>A probability or decay in [0, 1).</summary>
    public void InUnit(string argument) => Single(argument, number => number >= 0 && number < 1, $"{argument} of at least 0 and below 1");

    /// <summary>A finite number above 0.</summary>
    public void Positive(string argument) => Single(argument, number => number > 0 && IsFinite(number), $"a finite {argument} above 0");

    /// <summary>A finite number of at least 0.</summary>
    public void NonNegative(string argument) => Single(argument, IsNonNegative, $"a finite {argument} of at least 0");

    /// <summary>Any finite number.</summary>
    public void Finite(string argument) => Single(argument, IsFinite, $"a finite {argument}");

    /// <summary>A finite number of at least 0 that no kernel sees, so that single precision does not bound it.</summary>
    public void NonNegativeDouble(string argument)
    {
        if (Number(argument) is { } number && !IsNonNegative(number))
            Fail(Descriptors.OutOfRange, argument, $"needs a finite {argument} of at least 0, but has {Text(number)}");
    }

    /// <summary>A finite number above 0 that no kernel sees.</summary>
    public void PositiveDouble(string argument)
    {
        if (Number(argument) is { } number && !(number > 0 && IsFinite(number)))
            Fail(Descriptors.OutOfRange, argument, $"needs a finite {argument} above 0, but has {Text(number)}");
    }

    /// <summary><c>Init</c> is one of its members: a cast can make it anything.</summary>
    public void IsInit(Init init)
    {
        if (!System.Enum.IsDefined(typeof(Init), init))
            Fail(Descriptors.OutOfRange, "Init", $"needs a member of Init, but has {Text((long)init)}");
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);

    private static bool IsNonNegative(double number) => number >= 0 && IsFinite(number);

    // Kernels get a float: a double that leaves the range on the way there (1 - 1e-9 is 1, 1e-50 is 0, 1e300 is infinite) is as wrong as one that was never in it.
    private void Single(string argument, Func<double, bool> isLegal, string wanted)
    {
        if (Number(argument) is not { } number)
            return;
        float single = (float)number;
        if (!isLegal(number))
            Fail(Descriptors.OutOfRange, argument, $"needs {wanted}, but has {Text(number)}");
        else if (!isLegal(single))
            Fail(Descriptors.OutOfRange, argument, $"needs {wanted}, but has {Text(number)}, which is {Text(single)} in single precision");
    }

    private double? Number(string argument) => Entry.TryGet(argument, out object? value) && value is double number ? number : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
