using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>One attribute under check: its arguments, its place, and what is wrong with it. Keeps the first flaw only.</summary>
internal class Site(Entry entry, int ordinal, string label)
{
    public Entry Entry { get; } = entry;

    /// <summary>The attribute's ordinal.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The name in messages: <c>Adam</c>, or a layer's own <c>Conv2d2</c>.</summary>
    public string Label { get; } = label;

    public Finding? Finding { get; private set; }

    /// <summary>Reports on an argument's value, or on an element of it.</summary>
    public void Fail(DiagnosticDescriptor descriptor, string argument, string text, int element = -1) =>
        Fail(descriptor, Place.Argument(Ordinal, argument, element), text);

    /// <summary>Reports on the whole attribute.</summary>
    public void FailHere(DiagnosticDescriptor descriptor, string text) => Fail(descriptor, Place.Attribute(Ordinal), text);

    /// <summary>Reports on the type argument.</summary>
    public void FailTypeArgument(DiagnosticDescriptor descriptor, string text) => Fail(descriptor, Place.TypeArgument(Ordinal), text);

    public virtual void Fail(DiagnosticDescriptor descriptor, Place place, string text) => Finding ??= new Finding(descriptor, place, Label + " " + text);

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
        {
            if (numbers[i] < minimum)
                Fail(Descriptors.OutOfRange, argument, $"needs sizes of at least {Text(minimum)}, but has {Text(numbers[i])}", i);
        }
    }

    /// <summary>A probability or decay in [0, 1).</summary>
    public void InUnit(string argument) => Single(argument, number => number >= 0 && number < 1, "", " of at least 0 and below 1");

    /// <summary>A finite number above 0.</summary>
    public void Positive(string argument) => Single(argument, number => number > 0 && IsFinite(number), "a finite ", " above 0");

    /// <summary>A finite number of at least 0.</summary>
    public void NonNegative(string argument) => Single(argument, IsNonNegative, "a finite ", " of at least 0");

    /// <summary>Any finite number.</summary>
    public void Finite(string argument) => Single(argument, IsFinite, "a finite ", "");

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

    /// <summary>An enum's value is one of its members: a cast can make it anything.</summary>
    public void IsMember<TEnum>(string argument, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(typeof(TEnum), value))
            Fail(Descriptors.OutOfRange, argument, $"needs a member of {typeof(TEnum).Name}, but has {value.ToString("D")}");
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);

    private static bool IsNonNegative(double number) => number >= 0 && IsFinite(number);

    // Kernels get a float: a double that leaves the range on the way there (1 - 1e-9 is 1, 1e-50 is 0, 1e300 is infinite) is as wrong as one that was never in it.
    private void Single(string argument, Func<double, bool> isLegal, string before, string after)
    {
        if (Number(argument) is not { } number)
            return;
        float single = (float)number;
        if (!isLegal(number))
            Fail(Descriptors.OutOfRange, argument, $"needs {before}{argument}{after}, but has {Text(number)}");
        else if (!isLegal(single))
            Fail(Descriptors.OutOfRange, argument, $"needs {before}{argument}{after}, but has {Text(number)}, which is {Text(single)} in single precision");
    }

    private double? Number(string argument) => Entry.TryGet(argument, out object? value) && value is double number ? number : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
