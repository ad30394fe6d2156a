using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Predict and Classify over Spark's columns, where the project has Dsl.Spark, and the classes that its executors make: of the main output, a column for each input, or of a single input a column for
/// each of its values. There is a label for each sample only where the network gives one.
/// </summary>
internal static class SparkMembers
{
    private const string Column = "global::Dsl.Spark.Sql.Column";

    // The names are RunMembers' too: these are overloads.
    public static ModelPart Part { get; } = new([], Write);

    private static void Write(ModelContext context)
    {
        if (!context.Network.Declaration.HasSpark)
            return;
        Members(context, "Predict");
        if (context.Loss is { TakesLabels: true } ? context.Throws || IsOfSamples(context) : context is { Throws: true, Loss: null })
            Members(context, "Classify");
    }

    /// <summary>Whether there is a label for each sample, and not for each of its steps.</summary>
    private static bool IsOfSamples(ModelContext context) => context.Network.OutputShape.Rank == 1;

    private static void Members(ModelContext context, string member)
    {
        if (!context.Names.IsFree(member))
            return;
        CodeWriter writer = context.Writer;
        string function = context.Names.Own(member + "Function");
        if (context.Names.Inputs.Count > 1)
        {
            string[] names = [.. context.Names.Inputs.Select(port => port.Parameter)];
            Over($"{string.Join($", {Column} ", names)}, bool strict = false", "", $"strict, {string.Join(", ", names)}");
        }
        else
        {
            Over("inputs, bool strict = false", "", "strict, inputs");
            Over("features", "params ", "false, features");
            Over("features", "bool strict, params ", "strict, features");
        }

        if (!context.Throws)
        {
            // By its full name: the class inherits members that may be called like the network.
            string network = GeneratedClass.FullName(context.Network.Declaration);
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            writer.Open($"public sealed class {function} : global::Dsl.Spark.Networks.{member}Function<{network}>");
            writer.Line($"protected override {network} LoadNetwork(global::System.ReadOnlySpan<byte> weights) => {network}.Load(weights);");
            writer.Close();
        }

        writer.Line();

        void Over(string columns, string before, string arguments)
        {
            string type = before.Length == 0 ? Column : Column + "[]";
            string body = context.Throws ? context.Names.Throw : $"new {function}().Over(this, {arguments})";
            writer.Line($"public {Column} {member}({before}{type} {columns}) => {body};");
        }
    }
}
