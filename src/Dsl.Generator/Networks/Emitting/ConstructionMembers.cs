using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>What the network counts, and how one is made, loaded and copied.</summary>
internal static class ConstructionMembers
{
    public static ModelPart Part { get; } = new(["ParameterCount", "FlopsPerSample", "On", "Load", "CopyFrom"], Write);

    private static void Write(ModelContext context)
    {
        CodeWriter writer = context.Writer;
        MemberNames names = context.Names;
        Fixed(context, "ParameterCount", $"public const long ParameterCount = {Literal.Int(context.Throws ? 0 : context.Network.ParameterCount)}L;");
        Fixed(context, "FlopsPerSample", $"public const long FlopsPerSample = {Literal.Int(context.Throws ? 0 : context.Network.Operations)}L;");
        writer.Line();
        string escaped = Literal.Name(context.Network.Declaration.Name);
        if (context.Throws)
        {
            Fixed(context, ".ctor", $"public {escaped}(ulong seed = 0) : base((global::Dsl.Runtime.NetworkProgram)null ?? {names.Throw}, seed) {{ }}");
            Fixed(context, "On", $"public static {escaped} On<{names.Backend}>(ulong seed = 0) where {names.Backend} : struct, global::Dsl.Runtime.IBackend => {names.Throw};");
            Fixed(context, "Load", $"public static {escaped} Load(string path) => {names.Throw};");
            Fixed(context, "Load", $"public static {escaped} Load(global::System.ReadOnlySpan<byte> file) => {names.Throw};");
            Fixed(context, "CopyFrom", $"public void CopyFrom({escaped} other) => {names.Throw};");
        }
        else
        {
            writer.Line($"public {escaped}(ulong seed = 0) : base(new {names.Program}<global::Dsl.Runtime.CpuBackend>(), seed) {{ }}");
            writer.Line($"private {escaped}(global::Dsl.Runtime.NetworkProgram program, ulong seed) : base(program, seed) {{ }}");
            writer.Line($"public static {escaped} On<{names.Backend}>(ulong seed = 0) where {names.Backend} : struct, global::Dsl.Runtime.IBackend => new(new {names.Program}<{names.Backend}>(), seed);");
            writer.Line($"public static {escaped} Load(string path) => global::Dsl.Network.Loaded(new {escaped}(), path);");
            writer.Line($"public static {escaped} Load(global::System.ReadOnlySpan<byte> file) => global::Dsl.Network.Loaded(new {escaped}(), file);");
            writer.Line($"public void CopyFrom({escaped} other) => base.CopyValues(other);");
        }

        writer.Line();
    }

    private static void Fixed(ModelContext context, string member, string line)
    {
        if (context.Names.IsFree(member))
            context.Writer.Line(line);
    }
}
