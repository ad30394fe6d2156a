namespace Dsl.Generator.Planning;

/// <summary>What an argument of a backend call is.</summary>
internal enum ArgumentKind
{
    /// <summary>Text that needs no plan: a number, a field of the generated class, None.</summary>
    Text,

    /// <summary>A storage's place as a buffer.</summary>
    Buffer,

    /// <summary>A storage's place with a layout, as a view.</summary>
    View,
}

/// <summary>An argument of a backend call. Places are filled in when the memory plan is known.</summary>
internal readonly struct Operand
{
    private Operand(ArgumentKind kind, string text, Storage? storage, Layout layout, long start = 0)
    {
        Kind = kind;
        Text = text;
        Storage = storage;
        Layout = layout;
        Start = start;
    }

    public static Operand None { get; } = new(ArgumentKind.Text, "None", null, default);

    public static Operand NoView { get; } = new(ArgumentKind.Text, "default", null, default);

    public ArgumentKind Kind { get; }

    public string Text { get; }

    public Storage? Storage { get; }

    public Layout Layout { get; }

    /// <summary>Floats from the storage's start, for a buffer.</summary>
    public long Start { get; }

    public static implicit operator Operand(string text) => new(ArgumentKind.Text, text, null, default);

    public static implicit operator Operand(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The storage as a buffer.</summary>
    public static Operand Buffer(Storage storage, long start = 0) => new(ArgumentKind.Buffer, "", storage, default, start);

    /// <summary>The tensor's place as a buffer; its layout has no halo.</summary>
    public static Operand Buffer(Tensor tensor, long start = 0) => Buffer(tensor.Storage, start);

    /// <summary>The tensor with its layout.</summary>
    public static Operand View(Tensor tensor) => View(tensor.Storage, tensor.Layout);

    /// <summary>A storage under a layout.</summary>
    public static Operand View(Storage storage, Layout layout) => new(ArgumentKind.View, "", storage, layout);
}

/// <summary>One call of the backend, or of the program's own trace.</summary>
internal sealed class Operation(string method, Operand[] operands, string? comment, string? condition = null)
{
    /// <summary>The method with its owner: <c>TBackend.Conv2d</c>.</summary>
    public string Method { get; } = method;

    public Operand[] Operands { get; } = operands;

    /// <summary>The comment above it: the layer and its shape; null where the operation belongs to the one before.</summary>
    public string? Comment { get; } = comment;

    /// <summary>C# that must be true for the call to happen; null for always.</summary>
    public string? Condition { get; } = condition;
}
