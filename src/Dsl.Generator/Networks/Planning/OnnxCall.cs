using System.Collections.Generic;

namespace Dsl.Generator.Networks.Planning;

/// <summary>A call of a member of the runtime's <c>OnnxGraph</c>: a statement, or an argument of another call.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Arguments">In its order: text, numbers, flags, null, or calls.</param>
internal sealed record OnnxCall(string Member, params object?[] Arguments)
{
    private List<OnnxCall>? attributes;

    /// <summary>What is called on the result, one after the other.</summary>
    public IReadOnlyList<OnnxCall> Attributes => attributes is null ? [] : attributes;

    /// <summary>Adds an attribute of a node, a number.</summary>
    public OnnxCall Int(string name, int value) => Add("Int", name, value);

    /// <summary>Adds an attribute that is a list of numbers.</summary>
    public OnnxCall Ints(string name, params int[] values) => Add("Ints", [name, .. values]);

    /// <summary>Adds an attribute that is a float.</summary>
    public OnnxCall Float(string name, float value) => Add("Float", name, value);

    /// <summary>Adds an attribute that is a word.</summary>
    public OnnxCall Text(string name, string value) => Add("Text", name, value);

    private OnnxCall Add(string member, params object?[] arguments)
    {
        (attributes ??= []).Add(new OnnxCall(member, arguments));
        return this;
    }
}
