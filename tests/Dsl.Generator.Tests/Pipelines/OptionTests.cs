using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>Options outside their ranges, and such as contradict each other or what is known (DSL515).</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("[Split(Train = {|DSL515:1|})]")]
    [InlineData("[Split(Train = {|DSL515:0|})]")]
    [InlineData("[{|DSL515:Imputer|}]")]
    [InlineData("[Imputer(\"A\", Strategy = {|DSL515:(Imputation)7|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\", Classes = {|DSL515:0|}, HandleInvalid = {|DSL515:(HandleInvalid)9|})]")]
    [InlineData("[OneHotEncoder(\"Whole\", \"V\", HandleInvalid = {|DSL515:HandleInvalid.Skip|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\", Classes = 3), OneHotEncoder(\"L\", \"V\", Size = {|DSL515:3|}), OneHotEncoder(\"L\", \"W\", Size = 3, DropLast = false), OneHotEncoder(\"L\", \"X\", Size = 3, HandleInvalid = HandleInvalid.Keep)]")]
    [InlineData("[{|DSL515:VectorAssembler(\"V\")|}, VectorAssembler(\"W\", \"A\", HandleInvalid = {|DSL515:(HandleInvalid)(-1)|})]")]
    [InlineData("[{|DSL515:VectorSlicer(\"Three\", \"V\")|}, VectorSlicer(\"Three\", \"W\", 0, {|DSL515:3|}, {|DSL515:-1|}, 1, {|DSL515:0|}), VectorSlicer(\"Open\", \"X\", 99)]")]
    [InlineData("[MinMaxScaler(\"Three\", \"V\", Min = 0, Max = {|DSL515:0|}), MinMaxScaler(\"Three\", \"W\", Min = {|DSL515:1|}), MinMaxScaler(\"Three\", \"X\", Max = {|DSL515:double.PositiveInfinity|})]")]
    [InlineData("[RobustScaler(\"Three\", \"V\", Lower = {|DSL515:0|}, Upper = {|DSL515:1|}), RobustScaler(\"Three\", \"W\", Lower = {|DSL515:0.8|}), RobustScaler(\"Three\", \"X\", Lower = 0.8, Upper = {|DSL515:0.7|})]")]
    [InlineData("[Normalizer(\"Three\", \"V\", P = {|DSL515:0.5|}), Normalizer(\"Three\", \"W\", P = double.PositiveInfinity), Normalizer(\"Three\", \"X\", P = {|DSL515:double.NaN|})]")]
    [InlineData("[Binarizer(\"A\", \"C\", Threshold = {|DSL515:double.NaN|})]")]
    [InlineData("[{|DSL515:Bucketizer(\"A\", \"C\", 0, 1)|}, Bucketizer(\"A\", \"D\", double.NegativeInfinity, 1, {|DSL515:1|}, double.PositiveInfinity)]")]
    [InlineData("[QuantileDiscretizer(\"A\", \"C\", {|DSL515:1|}), PCA(\"Three\", \"P1\", {|DSL515:0|}), PCA(\"Three\", \"P2\", k: {|DSL515:4|}), PCA(\"Open\", \"P3\", 4)]")]
    [InlineData("[PolynomialExpansion(\"Three\", \"V\", Degree = {|DSL515:0|}), PolynomialExpansion(\"Three\", \"W\", Degree = {|DSL515:100000|})]")]
    [InlineData("[{|DSL515:Interaction(\"I\")|}, VarianceThresholdSelector(\"Three\", \"V\", VarianceThreshold = {|DSL515:-1|})]")]
    [InlineData("[UnivariateFeatureSelector(\"Three\", \"A\", \"V\", {|DSL515:4|}, FeatureType = {|DSL515:VariableKind.Categorical|})]")]
    [InlineData("[UnivariateFeatureSelector(\"Three\", \"Flag\", \"V\", 2, FeatureType = VariableKind.Categorical, LabelType = {|DSL515:VariableKind.Continuous|}), UnivariateFeatureSelector(\"Three\", \"Flag\", \"W\", 2, FeatureType = VariableKind.Categorical)]")]
    [InlineData("[RegexTokenizer(\"Text\", \"T\", Pattern = {|DSL515:\"(\"|}, MinTokenLength = {|DSL515:-1|}), StopWordsRemover(\"Words\", \"S\", Language = {|DSL515:\"englisch\"|}), NGram(\"Words\", \"N\", N = {|DSL515:0|})]")]
    [InlineData("[HashingTF(\"Words\", \"H\", NumFeatures = {|DSL515:0|}), IDF(\"Three\", \"I\", MinDocFreq = {|DSL515:-1|}), TokenIds(\"Words\", \"J\", {|DSL515:0|}, VocabSize = {|DSL515:2|})]")]
    [InlineData("[CountVectorizer(\"Words\", \"C\", MinDF = 3, MaxDF = {|DSL515:2|}), CountVectorizer(\"Words\", \"D\", MaxDF = 0.5, MinDF = 2), CountVectorizer(\"Words\", \"E\", VocabSize = {|DSL515:0|}, MinTF = {|DSL515:-1|})]")]
    [InlineData("[{|DSL515:FeatureHasher(\"H\")|}, FeatureHasher(\"I\", \"A\", NumFeatures = {|DSL515:0|})]")]
    [InlineData("[{|DSL515:Mask(\"A\", \"M\", Masking.Bucket)|}, {|DSL515:Mask(\"A\", \"N\", Masking.Noise)|}, Mask(\"A\", \"O\", Masking.Hash, Width = {|DSL515:1|}), Mask(\"A\", \"Q\", Masking.Noise, Scale = {|DSL515:0|})]")]
    [InlineData("[Mask(\"A\", \"M\", {|DSL515:(Masking)8|})]")]
    [InlineData("[{|DSL515:Select|}, Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[{|DSL515:DropColumns|}, Tokenizer(\"Text\", \"T\")]")]
    public void Of_stages(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("LinearRegression(\"Three\", \"A\", MaxIter = {|DSL515:-1|}, RegParam = {|DSL515:-1|}, ElasticNetParam = {|DSL515:2|}, Tol = {|DSL515:-1|}, Loss = {|DSL515:(RegressionLoss)5|}, Epsilon = {|DSL515:1|})")]
    [InlineData("LinearRegression(\"Three\", \"A\", Loss = RegressionLoss.Huber, ElasticNetParam = {|DSL515:0.5|})")]
    [InlineData("LinearRegression(\"Three\", \"A\", Loss = RegressionLoss.Huber, ElasticNetParam = 0)")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 3), LogisticRegression(\"Three\", \"L\", Threshold = {|DSL515:1.5|}, Family = {|DSL515:LogisticFamily.Binomial|})")]
    [InlineData("LogisticRegression(\"Three\", \"Flag\", Family = LogisticFamily.Binomial, RegParam = {|DSL515:double.NaN|})")]
    [InlineData("LinearSVC(\"Three\", \"Flag\", Threshold = {|DSL515:double.PositiveInfinity|})")]
    [InlineData("SGDClassifier(\"Three\", \"Whole\", Alpha = {|DSL515:0|})")]
    [InlineData("SGDClassifier(\"Three\", \"Whole\", Alpha = 0, LearningRate = {|DSL515:SgdLearningRate.Optimal|})")]
    [InlineData("SGDClassifier(\"Three\", \"Whole\", Alpha = 0, LearningRate = SgdLearningRate.Constant, Probability = {|DSL515:\"Q\"|})")]
    [InlineData("SGDClassifier(\"Three\", \"Whole\", Loss = SgdLoss.LogLoss, Probability = \"Q\", L1Ratio = {|DSL515:2|}, NIterNoChange = {|DSL515:0|}, Eta0 = {|DSL515:0|}, MaxIter = {|DSL515:0|})")]
    [InlineData("DecisionTreeClassifier(\"Three\", \"Whole\", MaxDepth = {|DSL515:31|}, MaxBins = {|DSL515:1|}, MinInstancesPerNode = {|DSL515:0|}, MinWeightFractionPerNode = {|DSL515:0.5|}, MinInfoGain = {|DSL515:-1|}, Impurity = {|DSL515:(TreeImpurity)2|})")]
    [InlineData("RandomForestRegressor(\"Three\", \"A\", NumTrees = {|DSL515:0|}, SubsamplingRate = {|DSL515:0|}, FeatureSubsetStrategy = {|DSL515:\"some\"|})")]
    [InlineData("RandomForestClassifier(\"Three\", \"Whole\", FeatureSubsetStrategy = \"0.5\"), GBTRegressor(\"Three\", \"A\", FeatureSubsetStrategy = {|DSL515:\"0\"|}, StepSize = {|DSL515:0|}, Prediction = \"Q\")")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 40), VectorAssembler(\"V\", \"L\", \"A\"), VectorAssembler(\"W\", \"V\"), {|DSL515:DecisionTreeRegressor(\"W\", \"B\")|}")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 40), VectorAssembler(\"V\", \"L\", \"A\"), DecisionTreeRegressor(\"V\", \"B\", MaxBins = {|DSL515:39|})")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 40), VectorAssembler(\"V\", \"L\", \"A\"), StandardScaler(\"V\", \"S\"), DecisionTreeRegressor(\"S\", \"B\")")]
    [InlineData("NaiveBayes(\"Three\", \"Whole\", Smoothing = {|DSL515:-1|}, ModelType = {|DSL515:(NaiveBayesType)4|})")]
    [InlineData("KMeans(\"Three\", K = {|DSL515:1|}, InitSteps = {|DSL515:0|}, DistanceMeasure = {|DSL515:(KMeansDistance)3|})")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Epochs = {|DSL515:0|}, BatchSize = {|DSL515:0|}, Validation = {|DSL515:1|})")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = {|DSL515:3|}, Code = {|DSL515:\"C\"|})")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = 3, Validation = 0.1)")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = {|DSL515:3|}, Validation = 0)")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = 3, Validation = {|DSL515:-1|})")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = {|DSL515:-1|})")]
    [InlineData("Network<Net>(\"Three\", \"Whole\", Patience = 0)")]
    [InlineData("Network<Coded>(\"Three\", \"Whole\", Code = \"C\"), Network<Twice>(\"Three\", \"Whole\", Prediction = \"Q\", Code = {|DSL515:\"D\"|})")]
    public void Of_models(string attributes) => Piped.Rows($"[{attributes}]", others: """
        [Model, Input(3), Linear(4), CrossEntropy, Adam] public partial class Net;
        [Model, Input(3), Linear(4), Expose("Cut"), Linear(4), CrossEntropy, Adam] public partial class Coded;
        [Model, Input(3), Linear(4), Expose("One"), Linear(4), Expose("Other"), Linear(4), CrossEntropy, Adam] public partial class Twice;
        """);

    [Theory]
    [InlineData("[PCA(\"Three\", \"Q\", {|DSL515:4|})]", "PCA1 needs k of at most 3, the size of Three, but has 4")]
    [InlineData("[NGram(\"Words\", \"Q\", N = {|DSL515:0|})]", "NGram1 needs N of at least 1, but has 0")]
    [InlineData("[StopWordsRemover(\"Words\", \"Q\", Language = {|DSL515:\"englisch\"|})]", "StopWordsRemover1 has no words of englisch: did you mean english?")]
    public void Messages(string attributes, string message) => Assert.Equal(message, Piped.Message(attributes));
}
