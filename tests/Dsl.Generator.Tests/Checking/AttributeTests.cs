extern alias attributes;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks;
using Dsl.Generator.Pipelines;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>The attributes and the constructs behind them belong together, and the attributes are what docs/language.md says.</summary>
public sealed class AttributeTests
{
    private static readonly Type[] Attributes = [.. typeof(attributes::Dsl.ModelAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute)))];

    // What a pipeline's rows say of their columns.
    private static readonly string[] OfProperties = ["ColumnAttribute", "SensitiveAttribute", "VectorSizeAttribute"];

    [Fact]
    public void Every_attribute_has_a_construct_and_the_reverse()
    {
        IEnumerable<string> attributes = Attributes.Where(type => !type.IsAbstract).Select(type => type.Name.Split('`')[0]);
        IEnumerable<string> constructs = new DeclarationKind[] { new ModelKind(), new PipelineKind() }.SelectMany(kind => kind.Constructs.All).Select(one => one.Name + "Attribute").Where(name => name != "?Attribute");
        string[] marks = ["ModelAttribute", "BlockAttribute", "PipelineAttribute", "LayerAttribute", "SparkUdfAttribute", "SparkMapAttribute"];
        Assert.Equal(
            constructs.Concat(marks).Concat(OfProperties).Order(StringComparer.Ordinal),
            attributes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Attributes_are_sealed_unconstrained_and_in_one_namespace()
    {
        Assert.All(Attributes, type => Assert.Equal("Dsl", type.Namespace));
        Assert.All(Attributes, type => Assert.True(type.IsSealed || type.IsAbstract));
        IEnumerable<Type> parameters = Attributes.Where(type => type.IsGenericTypeDefinition).SelectMany(type => type.GetGenericArguments());
        Assert.All(parameters, type => Assert.True(
            type.GetGenericParameterConstraints().Length == 0 && type.GenericParameterAttributes == GenericParameterAttributes.None));
        Assert.All(Attributes, type => Assert.Equal(
            type.Name switch
            {
                "LayerAttribute" => AttributeTargets.Struct,
                "SparkUdfAttribute" or "SparkMapAttribute" => AttributeTargets.Method,
                _ when OfProperties.Contains(type.Name) => AttributeTargets.Property | AttributeTargets.Parameter,
                _ => AttributeTargets.Class,
            },
            type.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn));
    }

    [Theory]
    [InlineData(typeof(attributes::Dsl.Conv2dAttribute), "channels k")]
    [InlineData(typeof(attributes::Dsl.DepthwiseConv2dAttribute), "k")]
    [InlineData(typeof(attributes::Dsl.AdaptiveAvgPool2dAttribute), "height width")]
    [InlineData(typeof(attributes::Dsl.ExposeAttribute), "upTo onward")]
    [InlineData(typeof(attributes::Dsl.StepDecayAttribute), "everyEpochs factor")]
    [InlineData(typeof(attributes::Dsl.AddAttribute), "with")]
    [InlineData(typeof(attributes::Dsl.InputAttribute), "shape")]
    public void Positional_arguments(Type attribute, string names) =>
        Assert.Equal(names, string.Join(" ", Assert.Single(attribute.GetConstructors()).GetParameters().Select(parameter => parameter.Name)));

    [Fact]
    public void No_public_type_is_named_like_one_of_the_implicit_usings()
    {
        string[] spaces = ["System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Collections.Generic"];
        HashSet<string> taken = [];
        foreach (Assembly assembly in new[] { typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(System.Net.Http.HttpClient).Assembly, typeof(Uri).Assembly, typeof(HashSet<int>).Assembly })
            taken.UnionWith(assembly.GetExportedTypes().Where(type => spaces.Contains(type.Namespace)).Select(type => type.Name));
        Assert.DoesNotContain(
            typeof(attributes::Dsl.ModelAttribute).Assembly.GetExportedTypes().Concat(typeof(Network).Assembly.GetExportedTypes()),
            type => type.Namespace == "Dsl" && taken.Contains(type.Name));
    }
}
