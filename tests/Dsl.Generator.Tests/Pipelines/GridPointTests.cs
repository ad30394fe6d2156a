using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>A value of a grid with which the declaration would be wrong is wrong itself (DSL515), be it beside another grid's value or for a later stage.</summary>
public sealed class GridPointTests
{
    private const string Nets = """
        [Model, Input(3), Linear(3), CrossEntropy, Adam] public partial class Net;
        [Model, Input(3), Linear(1), MeanSquaredError, Adam] public partial class Amount;
        """;

    private const string Scaled = "LogisticRegression(\"V\", \"Flag\")";

    [Theory]
    [InlineData("MinMaxScaler(\"Three\", \"V\"), " + Scaled, "Grid(\"MinMaxScaler1.Min\", 0, {|DSL515:1|})")]
    [InlineData("MinMaxScaler(\"Three\", \"V\", Min = -1), " + Scaled, "Grid(\"MinMaxScaler1.Max\", {|DSL515:-1|}, 0, 1)")]
    [InlineData("MinMaxScaler(\"Three\", \"V\"), " + Scaled, "Grid(\"MinMaxScaler1.Min\", 5), Grid(\"MinMaxScaler1.Max\", 6, {|DSL515:4|})")]
    [InlineData("MinMaxScaler(\"Three\", \"V\"), " + Scaled, "Grid(\"MinMaxScaler1.Max\", 6, {|DSL515:4|}), Grid(\"MinMaxScaler1.Min\", 5)")]
    [InlineData("RobustScaler(\"Three\", \"V\", Upper = 0.6), " + Scaled, "Grid(\"RobustScaler1.Lower\", 0.1, {|DSL515:0.7|})")]
    [InlineData("RobustScaler(\"Three\", \"V\"), " + Scaled, "Grid(\"RobustScaler1.Lower\", 0.1, 0.5), Grid(\"RobustScaler1.Upper\", 0.9, {|DSL515:0.4|})")]
    [InlineData("CountVectorizer(\"Words\", \"V\", MaxDF = 5), " + Scaled, "Grid(\"CountVectorizer1.MinDF\", 2, 0.5, {|DSL515:6|})")]
    [InlineData("CountVectorizer(\"Words\", \"V\"), " + Scaled, "Grid(\"CountVectorizer1.MinDF\", 2, 0.5), Grid(\"CountVectorizer1.MaxDF\", 5, {|DSL515:1|}, {|DSL515:0.1|})")]
    [InlineData("Mask(\"A\", \"M\", Masking.Hash), LogisticRegression(\"Three\", \"Flag\")", "Grid(\"Mask1.Width\", {|DSL515:1|}), Grid(\"Mask1.Scale\", {|DSL515:2|})")]
    [InlineData("Mask(\"A\", \"M\", Masking.Bucket, Width = 1), LogisticRegression(\"Three\", \"Flag\")", "Grid(\"Mask1.Width\", 1, 2)")]
    public void Options_that_contradict_each_other(string stages, string grid) => Verify(stages, "Accuracy", grid);

    [Theory]
    [InlineData("LinearRegression(\"Three\", \"A\", ElasticNetParam = 0.5)", "Grid(\"LinearRegression1.Loss\", RegressionLoss.SquaredError, {|DSL515:RegressionLoss.Huber|})")]
    [InlineData("LinearRegression(\"Three\", \"A\")", "Grid(\"LinearRegression1.ElasticNetParam\", 0, {|DSL515:0.5|}), Grid(\"LinearRegression1.Loss\", RegressionLoss.Huber)")]
    [InlineData("LinearRegression(\"Three\", \"A\", ElasticNetParam = 0.5)", "Grid(\"LinearRegression1.Loss\", RegressionLoss.Huber), Grid(\"LinearRegression1.ElasticNetParam\", 0)")]
    [InlineData("UnivariateFeatureSelector(\"Three\", \"B\", \"V\", 2), LinearRegression(\"V\", \"A\")", "Grid(\"UnivariateFeatureSelector1.FeatureType\", VariableKind.Auto, {|DSL515:VariableKind.Categorical|})")]
    [InlineData(
        "UnivariateFeatureSelector(\"Three\", \"B\", \"V\", 2), LinearRegression(\"V\", \"A\")",
        "Grid(\"UnivariateFeatureSelector1.FeatureType\", VariableKind.Continuous, VariableKind.Categorical), Grid(\"UnivariateFeatureSelector1.LabelType\", VariableKind.Categorical, {|DSL515:VariableKind.Continuous|}, {|DSL515:VariableKind.Auto|})")]
    [InlineData("Network<Amount>(\"Three\", \"A\")", "Grid(\"Amount.Patience\", 0, {|DSL515:2|})")]
    [InlineData("Network<Amount>(\"Three\", \"A\")", "Grid(\"Amount.Patience\", 0, 2), Grid(\"Amount.Validation\", 0.2), Grid(\"Amount.LearningRate\", 0.1)")]
    [InlineData("PolynomialExpansion(\"Three\", \"P\"), PCA(\"P\", \"V\", 4), LinearRegression(\"V\", \"A\")", "Grid(\"PolynomialExpansion1.Degree\", 2, {|DSL515:1|}, 3)")]
    [InlineData("PolynomialExpansion(\"Three\", \"P\"), LinearRegression(\"P\", \"A\")", "Grid(\"PolynomialExpansion1.Degree\", 2, {|DSL515:30000|})")]
    [InlineData("PolynomialExpansion(\"Three\", \"P\"), VectorSlicer(\"P\", \"V\", 0, 5), LinearRegression(\"V\", \"A\")", "Grid(\"PolynomialExpansion1.Degree\", {|DSL515:1|}, 2, 3)")]
    [InlineData(
        "PolynomialExpansion(\"Three\", \"P\"), RandomForestRegressor(\"P\", \"B\", Prediction = \"F\"), SelectByImportance(\"P\", \"V\", 4), LinearRegression(\"V\", \"A\")",
        "Grid(\"PolynomialExpansion1.Degree\", {|DSL515:1|}, 2, 3)")]
    [InlineData("Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 3), Network<Amount>(\"H\", \"A\")", "Grid(\"HashingTF1.NumFeatures\", 3, {|DSL515:4|})")]
    [InlineData("Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 4), Network<Amount>({|DSL507:\"H\"|}, \"A\")", "Grid(\"HashingTF1.NumFeatures\", 3)")]
    [InlineData(
        "Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 1), FeatureHasher(\"F\", \"Other\", NumFeatures = 2), VectorAssembler(\"V\", \"H\", \"F\"), Network<Amount>(\"V\", \"A\")",
        "Grid(\"HashingTF1.NumFeatures\", 1, {|DSL515:2|}), Grid(\"FeatureHasher1.NumFeatures\", 2, {|DSL515:1|})")]
    [InlineData("Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 3), MinMaxScaler(\"H\", \"V\"), Network<Amount>(\"V\", \"A\")", "Grid(\"HashingTF1.NumFeatures\", 3, {|DSL515:5|}), Grid(\"MinMaxScaler1.Min\", 0, 0.5, {|DSL515:1|})")]
    public void Of_regressions(string stages, string grid) => Verify(stages, "Rmse", grid);

    [Theory]
    [InlineData("SGDClassifier(\"Three\", \"Flag\")", "Grid(\"SGDClassifier1.Alpha\", {|DSL515:0|}, 0.1)")]
    [InlineData("SGDClassifier(\"Three\", \"Flag\")", "Grid(\"SGDClassifier1.Alpha\", 0, 0.1), Grid(\"SGDClassifier1.LearningRate\", SgdLearningRate.Constant, {|DSL515:SgdLearningRate.Optimal|})")]
    [InlineData("SGDClassifier(\"Three\", \"Flag\", Loss = SgdLoss.LogLoss)", "Grid(\"SGDClassifier1.Loss\", SgdLoss.LogLoss, {|DSL515:SgdLoss.Hinge|}, SgdLoss.ModifiedHuber, {|DSL515:SgdLoss.Perceptron|}, {|DSL515:SgdLoss.SquaredHinge|})")]
    [InlineData("SGDClassifier(\"Three\", \"Flag\", Loss = SgdLoss.LogLoss, Probability = \"P\", RawPrediction = \"R\")", "Grid(\"SGDClassifier1.Loss\", {|DSL515:SgdLoss.Hinge|})")]
    [InlineData("SGDClassifier(\"Three\", \"Flag\", RawPrediction = \"R\")", "Grid(\"SGDClassifier1.Loss\", SgdLoss.LogLoss, SgdLoss.Hinge, SgdLoss.ModifiedHuber, SgdLoss.Perceptron)")]
    [InlineData("Imputer(\"MaybeText\", Strategy = Imputation.Mode), StringIndexer(\"MaybeText\", \"I\"), VectorAssembler(\"V\", \"I\"), " + Scaled, "Grid(\"Imputer1.Strategy\", Imputation.Mode, {|DSL515:Imputation.Mean|}, {|DSL515:Imputation.Median|})")]
    [InlineData("Imputer(\"Flag\", Strategy = Imputation.Mode), VectorAssembler(\"V\", \"Flag\"), LogisticRegression(\"V\", \"Whole\")", "Grid(\"Imputer1.Strategy\", {|DSL515:Imputation.Median|})")]
    [InlineData("Imputer(\"MaybeA\", Strategy = Imputation.Mode), VectorAssembler(\"V\", \"MaybeA\"), " + Scaled, "Grid(\"Imputer1.Strategy\", Imputation.Mode, Imputation.Mean, Imputation.Median)")]
    [InlineData("VectorAssembler(\"V\", \"MaybeA\", HandleInvalid = HandleInvalid.Skip), " + Scaled, "Grid(\"VectorAssembler1.HandleInvalid\", HandleInvalid.Skip, HandleInvalid.Keep, {|DSL515:HandleInvalid.Error|})")]
    [InlineData("StringIndexer(\"MaybeText\", \"I\", HandleInvalid = HandleInvalid.Keep), VectorAssembler(\"V\", \"I\"), " + Scaled, "Grid(\"StringIndexer1.HandleInvalid\", {|DSL515:HandleInvalid.Error|}, HandleInvalid.Skip)")]
    [InlineData("Bucketizer(\"MaybeA\", \"I\", 0, 1, 2, HandleInvalid = HandleInvalid.Keep), VectorAssembler(\"V\", \"I\"), " + Scaled, "Grid(\"Bucketizer1.HandleInvalid\", {|DSL515:HandleInvalid.Error|}, HandleInvalid.Skip)")]
    [InlineData("QuantileDiscretizer(\"MaybeA\", \"I\", 3, HandleInvalid = HandleInvalid.Keep), VectorAssembler(\"V\", \"I\"), " + Scaled, "Grid(\"QuantileDiscretizer1.HandleInvalid\", {|DSL515:HandleInvalid.Error|}, HandleInvalid.Skip)")]
    public void Of_classifiers(string stages, string grid) => Verify(stages, "Accuracy", grid);

    [Theory]
    [InlineData("LogisticRegression(\"Three\", \"L\")", "LogisticRegression1.Family", "LogisticFamily.Auto, {|DSL515:LogisticFamily.Binomial|}, LogisticFamily.Multinomial")]
    [InlineData("LogisticRegression(\"Three\", \"L\", Family = LogisticFamily.Multinomial)", "StringIndexer1.HandleInvalid", "HandleInvalid.Keep, HandleInvalid.Skip")]
    [InlineData("StringIndexer(\"Other\", \"M\", Classes = 2), LogisticRegression(\"Three\", \"M\", Family = LogisticFamily.Binomial)", "StringIndexer2.HandleInvalid", "HandleInvalid.Skip, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("StringIndexer(\"Other\", \"M\", Classes = 2), LinearSVC(\"Three\", \"M\")", "StringIndexer2.HandleInvalid", "HandleInvalid.Skip, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("StringIndexer(\"Other\", \"M\", Classes = 2), LogisticRegression(\"Three\", \"M\"), Evaluate(Metric.AreaUnderRoc)", "StringIndexer2.HandleInvalid", "HandleInvalid.Skip, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("LogisticRegression(\"Three\", \"L\"), Evaluate(Metric.F1, Class = {|DSL515:3|})", "StringIndexer1.HandleInvalid", "HandleInvalid.Keep")]
    [InlineData("Network<Net>(\"Three\", \"L\")", "StringIndexer1.HandleInvalid", "HandleInvalid.Error, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("OneHotEncoder(\"L\", \"V\", Size = 2), LogisticRegression(\"V\", \"Flag\")", "OneHotEncoder1.DropLast", "true, {|DSL515:false|}")]
    [InlineData("OneHotEncoder(\"L\", \"V\", Size = 2), LogisticRegression(\"V\", \"Flag\")", "OneHotEncoder1.HandleInvalid", "HandleInvalid.Error, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("OneHotEncoder(\"L\", \"V\", Size = 2), LogisticRegression(\"V\", \"Flag\")", "StringIndexer1.HandleInvalid", "HandleInvalid.Error, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("VectorAssembler(\"V\", \"L\", \"A\"), RandomForestClassifier(\"V\", \"Flag\")", "RandomForestClassifier1.MaxBins", "{|DSL515:2|}, 3, 4")]
    [InlineData("VectorAssembler(\"V\", \"L\", \"A\"), GBTClassifier(\"V\", \"Flag\", MaxBins = 3)", "StringIndexer1.HandleInvalid", "HandleInvalid.Skip, {|DSL515:HandleInvalid.Keep|}")]
    [InlineData("KMeans(\"Three\", Prediction = \"K\"), OneHotEncoder(\"K\", \"V\", Size = 1), LogisticRegression(\"V\", \"Flag\")", "KMeans1.K", "2, {|DSL515:3|}")]
    [InlineData("Bucketizer(\"A\", \"M\", 0, 1, 2), LogisticRegression(\"Three\", \"M\", Family = LogisticFamily.Binomial)", "Bucketizer1.HandleInvalid", "HandleInvalid.Skip, {|DSL515:HandleInvalid.Keep|}")]
    public void Of_classes(string stages, string path, string values) => Verify("StringIndexer(\"Text\", \"L\", Classes = 3), " + stages, "Accuracy", $"Grid(\"{path}\", {values})");

    [Fact]
    public void The_message_says_what_would_be_wrong_with_the_declaration() => Assert.Equal(
        "Grid cannot make SGDClassifier1.Loss SgdLoss.Hinge: SGDClassifier1 has no probabilities with Hinge, but makes Probability: LogLoss and ModifiedHuber give them",
        Piped.Message("[SGDClassifier(\"Three\", \"Flag\", Loss = SgdLoss.LogLoss), CrossValidate(Metric.Accuracy), Grid(\"SGDClassifier1.Loss\", {|DSL515:SgdLoss.Hinge|})]"));

    [Fact]
    public void Beside_another_mistake_it_is_reported_too() => Verify("MinMaxScaler(\"Three\", \"V\"), LogisticRegression({|DSL501:\"W\"|}, \"Flag\")", "Accuracy", "Grid(\"MinMaxScaler1.Min\", 0, {|DSL515:1|})");

    [Fact]
    public void A_grid_over_what_no_check_looks_at_may_be_large() => Verify(
        "MinMaxScaler(\"Three\", \"V\"), " + Scaled,
        "Accuracy",
        "Grid(\"LogisticRegression1.MaxIter\", 1, 2, 3, 4, 5, 6, 7, 8, 9), Grid(\"LogisticRegression1.RegParam\", 1, 2, 3, 4, 5, 6, 7, 8, 9), Grid(\"LogisticRegression1.ElasticNetParam\", 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7),"
            + "Grid(\"LogisticRegression1.Tol\", 1, 2, 3, 4, 5, 6, 7, 8, 9), Grid(\"MinMaxScaler1.Max\", 1, {|DSL515:0|})");

    private static void Verify(string stages, string metric, string grid) => Piped.Rows($"[DropColumns(\"Id\"), {stages}, CrossValidate(Metric.{metric}, Prediction = \"Prediction\"), {grid}]", others: Nets);
}
