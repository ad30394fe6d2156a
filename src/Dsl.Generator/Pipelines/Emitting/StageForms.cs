using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How the C# of each stage is written that has no way of its own in its file, by its attribute's name.</summary>
internal static partial class StageForms
{
    private static readonly StageForm Usual = new();

    private static readonly string[] OfTrees = ["MaxDepth", "MaxBins", "MinInstancesPerNode", "MinWeightFractionPerNode", "MinInfoGain"];

    private static readonly Dictionary<string, StageForm> All = new(StringComparer.Ordinal)
    {
        ["MinMaxScaler"] = new() { Settings = ["Min", "Max"], KeepsSize = true },
        ["MaxAbsScaler"] = new() { KeepsSize = true },
        ["RobustScaler"] = new() { Settings = ["Lower", "Upper", "WithCentering", "WithScaling"], KeepsSize = true },
        ["Normalizer"] = new() { Settings = ["P"], KeepsSize = true },
        ["PolynomialExpansion"] = new ExpansionForm(),
        ["VectorSlicer"] = new() { Settings = ["Indices"], IsNamed = (true, true) },
        ["PCA"] = new() { Settings = ["K"] },
        ["VarianceThresholdSelector"] = new() { Settings = ["VarianceThreshold"] },
        ["UnivariateFeatureSelector"] = new UnivariateForm(),
        ["SelectByImportance"] = new ImportanceForm(),
        ["Interaction"] = new InteractionForm(),
        ["Binarizer"] = new BinarizerForm(),
        ["Bucketizer"] = new BucketizerForm(),
        ["QuantileDiscretizer"] = new QuantileForm(),
        ["Where"] = new WhereForm(),
        ["Mask"] = new MaskForm(),
        ["Tokenizer"] = new TokensForm(),
        ["NGram"] = new TokensForm { Settings = ["N"] },
        ["HashingTF"] = new TokensForm { Settings = ["NumFeatures", "Binary"], IsSparse = true },
        ["RegexTokenizer"] = new PreparedForm { Settings = ["Pattern", "Gaps", "MinTokenLength", "ToLowercase"] },
        ["StopWordsRemover"] = new PreparedForm { Settings = ["Language", "StopWords", "CaseSensitive"] },
        ["CountVectorizer"] = new FittedTokensForm { Settings = ["VocabSize", "MinDF", "MaxDF", "MinTF", "Binary"], IsSparse = true },
        ["TokenIds"] = new FittedTokensForm { Settings = ["Length", "VocabSize"] },
        ["IDF"] = new() { Settings = ["MinDocFreq"], KeepsSize = true },
        ["FeatureHasher"] = new HasherForm(),
        ["Split"] = new SplitForm(),
        ["Imputer"] = new ImputerForm(),
        ["StringIndexer"] = new StringIndexerForm(),
        ["IndexToString"] = new IndexToStringForm(),
        ["OneHotEncoder"] = new OneHotForm(),
        ["VectorAssembler"] = new AssemblerForm(),
        ["StandardScaler"] = new() { Settings = ["WithMean", "WithStd"], KeepsSize = true },
        ["Map"] = new MapForm(),
        ["DropNulls"] = new DropNullsForm(),
        ["Network"] = new NetworkForm(),
        ["LinearRegression"] = new ModelForm { Settings = ["MaxIter", "RegParam", "ElasticNetParam", "Tol", "FitIntercept", "Standardization", "Loss", "Epsilon"] },
        ["LogisticRegression"] = new ModelForm { IsClassifier = true, Settings = ["MaxIter", "RegParam", "ElasticNetParam", "Tol", "FitIntercept", "Standardization", "Threshold", "Family"] },
        ["LinearSVC"] = new ModelForm { IsClassifier = true, Settings = ["MaxIter", "RegParam", "Tol", "FitIntercept", "Standardization", "Threshold"] },
        ["SGDClassifier"] = new ModelForm
        {
            IsClassifier = true,
            Settings = ["Loss", "Penalty", "Alpha", "L1Ratio", "FitIntercept", "MaxIter", "Tol", "NIterNoChange", "Shuffle", "LearningRate", "Eta0", "PowerT"],
        },
        ["DecisionTreeClassifier"] = new ModelForm { IsClassifier = true, Settings = [.. OfTrees, "Impurity"] },
        ["DecisionTreeRegressor"] = new ModelForm { Settings = OfTrees },
        ["RandomForestClassifier"] = new ModelForm { IsClassifier = true, Settings = [.. OfTrees, "Impurity", "NumTrees", "FeatureSubsetStrategy", "SubsamplingRate", "Bootstrap"] },
        ["RandomForestRegressor"] = new ModelForm { Settings = [.. OfTrees, "NumTrees", "FeatureSubsetStrategy", "SubsamplingRate", "Bootstrap"] },
        ["GBTClassifier"] = new ModelForm { IsClassifier = true, Settings = [.. OfTrees, "MaxIter", "StepSize", "FeatureSubsetStrategy", "SubsamplingRate"] },
        ["GBTRegressor"] = new ModelForm { Settings = [.. OfTrees, "MaxIter", "StepSize", "FeatureSubsetStrategy", "SubsamplingRate", "LossType"] },
        ["NaiveBayes"] = new ModelForm { IsClassifier = true, Settings = ["ModelType", "Smoothing"] },
        ["KMeans"] = new ModelForm { Settings = ["K", "MaxIter", "Tol", "InitMode", "InitSteps", "DistanceMeasure"] },
    };

    /// <summary>The form of a stage.</summary>
    public static StageForm Of(CheckedStage stage) => All.TryGetValue(stage.Entry.Construct.Name, out StageForm form) ? form : Usual;
}
