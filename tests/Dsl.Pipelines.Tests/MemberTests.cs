using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>What fitted stages and models tell of themselves: the members of the language's page, of its types.</summary>
public sealed class MemberTests
{
    private const string Tree = "FeatureImportances Vector, ToDebugString(), Depth int, NumNodes int";
    private const string Trees = "FeatureImportances Vector, ToDebugString(), Trees list, TreeWeights list of double";

    [Theory]
    [InlineData("StringIndexer", "Labels list of string")]
    [InlineData("OneHotEncoder", "CategorySize int")]
    [InlineData("StandardScaler", "Mean Vector, Std Vector")]
    [InlineData("MinMaxScaler", "OriginalMin Vector, OriginalMax Vector")]
    [InlineData("MaxAbsScaler", "MaxAbs Vector")]
    [InlineData("RobustScaler", "Median Vector, Range Vector")]
    [InlineData("QuantileDiscretizer", "Splits Vector")]
    [InlineData("PCA", "Pc matrix, ExplainedVariance Vector")]
    [InlineData("VarianceThresholdSelector", "SelectedFeatures list of int")]
    [InlineData("UnivariateFeatureSelector", "SelectedFeatures list of int")]
    [InlineData("SelectByImportance", "SelectedFeatures list of int")]
    [InlineData("CountVectorizer", "Vocabulary list of string")]
    [InlineData("TokenIds", "Vocabulary list of string")]
    [InlineData("IDF", "Idf Vector, DocFreq list of long, NumDocs long")]
    [InlineData("LinearRegression", "Coefficients Vector, Intercept double, Scale double")]
    [InlineData("LinearSVC", "Coefficients Vector, Intercept double")]
    [InlineData("LogisticRegression", "CoefficientMatrix matrix, InterceptVector Vector, Coefficients Vector, Intercept double")]
    [InlineData("SGDClassifier", "CoefficientMatrix matrix, InterceptVector Vector, Coefficients Vector, Intercept double")]
    [InlineData("DecisionTreeClassifier", Tree)]
    [InlineData("DecisionTreeRegressor", Tree)]
    [InlineData("RandomForestClassifier", Trees)]
    [InlineData("RandomForestRegressor", Trees)]
    [InlineData("GBTClassifier", Trees)]
    [InlineData("GBTRegressor", Trees)]
    [InlineData("NaiveBayes", "Pi Vector, Theta matrix, Sigma matrix")]
    [InlineData("KMeans", "ClusterCenters list of Vector, TrainingCost double")]
    [InlineData("Imputer", "Surrogates by name")]
    public void Members_are_those_of_the_page(string stage, string members)
    {
        Type model = typeof(IStageModel<>).Assembly.GetType($"Dsl.Pipelines.{stage}Model", throwOnError: true)!;
        Assert.True(model.IsPublic && model.IsSealed);
        Assert.Equal(members.Split(", "), members.Split(", ").Select(member => Told(model, member)));
    }

    private static string Told(Type model, string wanted)
    {
        string name = wanted.Split(' ')[0];
        if (name.EndsWith("()", StringComparison.Ordinal))
            return model.GetMethod(name[..^2], [])?.ReturnType == typeof(string) ? name : name + " is missing";
        Type? type = model.GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
        if (type is null)
            return name + " is missing";
        bool isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        if (isList && wanted.EndsWith(" list", StringComparison.Ordinal))
            return name + " list";
        return name + (isList ? " list of " + Short(type.GetGenericArguments()[0]) : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? " by name" : " " + Short(type));
    }

    private static string Short(Type type) =>
        type == typeof(double[,]) ? "matrix" : type == typeof(double) ? "double" : type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(string) ? "string" : type.Name;
}
