using System;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What an operation takes at one place.</summary>
internal enum SlotKind
{
    /// <summary>A run of float32.</summary>
    Floats,

    /// <summary>A run of int32.</summary>
    Ints,

    /// <summary>A batch of samples with a layout.</summary>
    View,

    /// <summary>A record or enum of the seam, known when the program is compiled.</summary>
    Constant,

    /// <summary>A number of type float.</summary>
    Float,

    /// <summary>A number of type int that does not depend on the batch.</summary>
    Int,

    /// <summary>A number of type long that does not depend on the batch.</summary>
    Long,

    /// <summary>How many there are in the batch, as int.</summary>
    IntCount,

    /// <summary>How many there are, in the batch or at all, as long.</summary>
    LongCount,

    /// <summary>A number of type bool.</summary>
    Bool,

    /// <summary>What only the program's own operations take: the context, a layer's name.</summary>
    Program,
}

/// <summary>What an operation does with an operand's memory.</summary>
[Flags]
internal enum Role
{
    /// <summary>It is no memory.</summary>
    None = 0,

    /// <summary>It is read.</summary>
    Reads = 1,

    /// <summary>It is set, whatever stood there.</summary>
    Writes = 2,

    /// <summary>It is read and changed: a sum that is added to, weights that a step changes.</summary>
    Updates = Reads | Writes,

    /// <summary>It is read, and what stands there afterwards is not to be used.</summary>
    Consumes = 4 | Reads,
}

/// <summary>One place of an operation.</summary>
/// <param name="Name">As <c>IBackend</c> names it.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Role">What happens to the memory.</param>
/// <param name="IsOptional">It may be <c>None</c>.</param>
/// <param name="Type">The record or enum of a constant.</param>
/// <param name="Home">Where alone it may lie; null for anywhere.</param>
/// <param name="Floats">How many floats the backend may touch, by the operation's other operands: so many must be there. Null where nothing says.</param>
/// <param name="Result">The result for which alone it is read: without that one it may be <c>None</c>. Null where all want it.</param>
internal sealed record Slot(
    string Name, SlotKind Kind, Role Role = Role.None, bool IsOptional = false, Type? Type = null, Home? Home = null, Func<Operation, long>? Floats = null, string? Result = null)
{
    /// <summary>The same place, which may also be <c>None</c>.</summary>
    public Slot OrNone => this with { IsOptional = true };

    /// <summary>The same place, which may be <c>None</c> where a result is: of this operation, or of the one that reads what this one prepares.</summary>
    public Slot For(string result) => this with { IsOptional = true, Result = result };

    /// <summary>The same place, for what lies there alone.</summary>
    public Slot In(Home home) => this with { Home = home };

    /// <summary>The same place, for as many floats as a shape says: of one sample where the storage grows with the batch.</summary>
    public Slot Of<TShape>(Func<TShape, long> floats)
        where TShape : struct => this with { Floats = operation => floats(operation.Constant<TShape>()) };

    /// <summary>The same place, for so many floats.</summary>
    public Slot Times(long floats) => this with { Floats = _ => floats };

    /// <summary>The same place, for as many floats as another operand says.</summary>
    public Slot Times(string count) => this with { Floats = operation => operation.Of(count).Number };

    /// <summary>The same place, for the chosen elements of a pool's output.</summary>
    /// <param name="pool">The pool in the operation's shape.</param>
    /// <param name="output">The pool's output, or its gradient.</param>
    public Slot OfIndices<TShape>(Func<TShape, PoolShape> pool, string output)
        where TShape : struct => this with { Floats = operation => pool(operation.Constant<TShape>()).IndexFloats(operation.Of(output).Layout.Count) };
}

/// <summary>An operation: a method of <c>IBackend</c>, or one of the program's own.</summary>
/// <param name="name">The method's name.</param>
/// <param name="slots">What it takes, in order.</param>
internal sealed class Signature(string name, params Slot[] slots)
{
    public string Name { get; } = name;

    public Slot[] Slots { get; } = slots;

    /// <summary>Element-wise or row by row: a result may stand where an operand of the same layout stood.</summary>
    public bool WorksInPlace { get; init; }

    /// <summary>The program's own method, not the backend's.</summary>
    public bool IsProgram { get; init; }

    /// <summary>The place of that name, or -1.</summary>
    public int IndexOf(string slot)
    {
        for (int i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].Name == slot)
                return i;
        }

        return -1;
    }

    public override string ToString() => Name;
}
