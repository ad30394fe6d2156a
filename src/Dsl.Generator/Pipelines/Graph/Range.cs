using System;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>Which values an argument may have.</summary>
/// <param name="Wanted">In words that follow the argument's name: <c>of at least 1</c>.</param>
/// <param name="Holds">Whether a number is one of them; of an enum its value, NaN where it is no number.</param>
internal sealed record Range(string Wanted, Func<double, bool> Holds)
{
    /// <summary>Of a share: 0 to 1.</summary>
    public static Range Unit { get; } = new("from 0 to 1", number => number is >= 0 and <= 1);

    /// <summary>A share that may not be the whole.</summary>
    public static Range BelowOne { get; } = new("of at least 0 and below 1", number => number is >= 0 and < 1);

    /// <summary>A share that may not be nothing.</summary>
    public static Range Share { get; } = new("above 0 and at most 1", number => number is > 0 and <= 1);

    /// <summary>Strictly between 0 and 1.</summary>
    public static Range Inside { get; } = new("above 0 and below 1", number => number is > 0 and < 1);

    public static Range Finite { get; } = new("that is finite", IsFinite);

    /// <summary>A finite number that is not below.</summary>
    public static Range AtLeast(double least) => new("of at least " + Text(least), number => number >= least && IsFinite(number));

    /// <summary>A finite number that is larger.</summary>
    public static Range Above(double bound) => new("above " + Text(bound), number => number > bound && IsFinite(number));

    /// <summary>Ends included.</summary>
    public static Range Between(double least, double most) => new($"from {Text(least)} to {Text(most)}", number => number >= least && number <= most);

    /// <summary>A member of an enum: a cast can make it anything.</summary>
    public static Range MemberOf<TEnum>()
        where TEnum : struct, Enum
    {
        double[] members = [.. Enum.GetValues(typeof(TEnum)).Cast<TEnum>().Select(member => Convert.ToDouble(member, CultureInfo.InvariantCulture))];
        return new Range($"that is a member of {typeof(TEnum).Name}", number => Array.IndexOf(members, number) >= 0);
    }

    /// <summary>What is wrong with a written argument, in words that follow who has it; null where nothing is.</summary>
    public string? FlawOf(Entry entry, string argument) =>
        entry.TryGet(argument, out object? value) && NumberOf(value) is { } number && !Holds(number) ? $"needs {argument} {Wanted}, but has {Text(value)}" : null;

    /// <summary>A constant as a number; null of what is none.</summary>
    public static double? NumberOf(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A number as messages show it.</summary>
    public static string Text(object? value) => value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
