namespace Dsl;

/// <summary>
/// Cuts the network here: the class gets a method <c>void upTo(inputs, Span&lt;float&gt; values)</c> for the network up to here and, where asked for,
/// <c>void onward(ReadOnlySpan&lt;float&gt; values, Span&lt;float&gt; outputs)</c> for the rest, both in inference mode. Changes nothing else.
/// </summary>
/// <param name="upTo">The first method's name.</param>
/// <param name="onward">The second method's name; no later layer may then need anything from before the cut but the cut's own value.</param>
public sealed class ExposeAttribute(string upTo, string? onward = null) : NodeAttribute
{
    /// <summary>The name of the method up to here.</summary>
    public string UpTo { get; } = upTo;

    /// <summary>The name of the method from here on, or null for none.</summary>
    public string? Onward { get; } = onward;
}
