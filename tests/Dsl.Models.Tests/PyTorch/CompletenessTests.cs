using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Dsl;
using Xunit;

namespace ModelTests.PyTorch;

/// <summary>No attribute of the language is forgotten: each layer, loss, optimizer and schedule stands in a declaration that is compared with PyTorch on both backends.</summary>
public class CompletenessTests
{
    // They compute nothing, so there is nothing to compare: which class it is, what it may cost, a part that can be called by itself, and methods for Spark.
    private static readonly Type[] Passive =
    [
        typeof(ModelAttribute), typeof(BlockAttribute), typeof(BudgetAttribute), typeof(ExposeAttribute), typeof(LayerAttribute), typeof(SparkUdfAttribute), typeof(SparkMapAttribute),

        // Pipelines have figures of their own, of MLlib.
        typeof(PipelineAttribute<>), typeof(ColumnAttribute), typeof(SensitiveAttribute), typeof(VectorSizeAttribute), typeof(EvaluateAttribute), typeof(CrossValidateAttribute), typeof(GridAttribute),
    ];

    [Fact]
    public void Every_attribute_stands_in_a_case_with_figures()
    {
        HashSet<Type> compared = [.. PyTorchCases.ByName.Keys.Where(name => File.Exists(Fixture.Path(name))).SelectMany(AttributesOf)];
        Type[] left = [.. typeof(ModelAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute)) && !type.IsSubclassOf(typeof(StageAttribute)) && !type.IsAbstract).Except(Passive).Except(compared)];
        Assert.True(left.Length == 0, "attributes without a PyTorch fixture: " + string.Join(", ", left.Select(type => type.Name)));
    }

    private static IEnumerable<Type> AttributesOf(string model)
    {
        Type network = typeof(CompletenessTests).Assembly.GetType($"{typeof(CompletenessTests).Namespace}.{model}") ?? throw new InvalidOperationException($"There is no model class {model}.");
        return network.GetCustomAttributes().Select(attribute => attribute.GetType()).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
