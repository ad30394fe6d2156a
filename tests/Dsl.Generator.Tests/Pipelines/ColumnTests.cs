using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>What stages say of the columns that they read and make: DSL501 to DSL505, DSL512, each at its place.</summary>
public sealed class ColumnTests
{
    private const string Tree = "VectorAssembler(\"V\", \"A\", \"B\"), DecisionTreeClassifier(\"V\", \"Whole\")";

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL501:\"Bb\"|})]")]
    [InlineData("[VectorAssembler(\"V\", inputs: [\"A\", {|DSL501:\"b\"|}])]")]
    [InlineData("[StandardScaler({|DSL501:\"V\"|}, \"S\"), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[StandardScaler(output: \"S\", input: {|DSL501:\"Thre\"|})]")]
    [InlineData("[DropNulls({|DSL501:\"Nothing\"|})]")]
    [InlineData("[Split(Stratify = {|DSL501:\"Nothing\"|})]")]
    [InlineData("[KMeans(\"Three\", Weight = {|DSL501:\"Nothing\"|})]")]
    [InlineData("[Select(\"A\", {|DSL501:\"Nothing\"|}), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[DropColumns({|DSL501:\"Nothing\"|}), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[" + Tree + ", Evaluate(Metric.Accuracy, Prediction = {|DSL501:\"Predicton\"|})]")]
    [InlineData("[" + Tree + ", CrossValidate(Metric.Accuracy, Prediction = {|DSL501:\"Predicton\"|})]")]
    [InlineData("[" + Tree + ", CrossValidate(Metric.Accuracy, Stratify = {|DSL501:\"V\"|})]")]
    [InlineData("[" + Tree + ", SelectByImportance(\"V\", \"W\", 1, From = {|DSL501:\"Tree1\"|})]")]
    [InlineData("[{|DSL501:SelectByImportance(\"Three\", \"W\", 1)|}]")]
    [InlineData("[FeatureHasher(\"H\", \"A\", \"Text\", CategoricalCols = new[] { \"A\", {|DSL501:\"B\"|} })]")]
    [InlineData("[KMeans(\"Three\"), SelectByImportance(\"Three\", \"W\", 1, From = {|DSL501:\"KMeans1\"|})]")]
    [InlineData("[SelectByImportance(\"Three\", \"W\", 1, From = {|DSL501:\"DecisionTreeClassifier1\"|}), DecisionTreeClassifier(\"Three\", \"Whole\")]")]
    [InlineData("[Tokenizer({|DSL501:null!|}, \"T\"), StandardScaler({|DSL501:\"\"|}, \"S\")]")]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL501:\"V\"|})]")]
    [InlineData("[Split(Stratify = {|DSL501:\"Label\"|}), StringIndexer(\"Text\", \"Label\"), NaiveBayes({|DSL501:\"three\"|}, {|DSL501:\"Lable\"|})]")]
    public void Unknown(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[StandardScaler(\"Thre\", \"S\")]", "StandardScaler1 reads Thre, but there is no such column here: did you mean Three?")]
    [InlineData("[StandardScaler(\"V\", \"S\"), VectorAssembler(\"V\", \"A\")]", "StandardScaler1 reads V, which VectorAssembler1 makes only later")]
    [InlineData("[StandardScaler(\"A\", \"S\")]", "StandardScaler1 needs a vector, but A is a number (double): VectorAssembler makes one")]
    [InlineData("[Tokenizer(\"Words\", \"T\")]", "Tokenizer1 needs text, but Words is tokens (string[]): Map makes it")]
    [InlineData("[KMeans(\"Text\")]", "KMeans1 needs a vector, but Text is text (string): StringIndexer and OneHotEncoder make one, or Tokenizer and HashingTF")]
    [InlineData("[NaiveBayes(\"Three\", \"A\")]", "NaiveBayes1 needs classes: a class number, a flag or a whole number, but A is a number (double): a whole type, StringIndexer, Binarizer or Bucketizer makes them")]
    [InlineData("[VectorAssembler(\"V\", \"MaybeA\")]", "VectorAssembler1 takes no null, but MaybeA may be null (a number (double?)): put Imputer or DropNulls before it")]
    [InlineData("[Tokenizer(\"Text\", \"a\")]", "Tokenizer1 cannot make a: there is a column A, which differs in case alone: Spark does not tell them apart")]
    [InlineData("[VectorAssembler(\"V\", \"Pay\")]", "VectorAssembler1 cannot read Pay, which is sensitive: Mask makes a column of it that is not")]
    [InlineData("[StringIndexer(\"Time\", \"L\")]", "StringIndexer1 needs text or a number, but Time is a time (DateTime): Map makes it")]
    [InlineData("[Mask(\"MaybeText\", \"M\", Masking.Hash), Tokenizer(\"M\", \"T\")]", "Tokenizer1 takes no null, but M may be null (text (string?)): put Imputer or DropNulls before it")]
    [InlineData("[Mask(\"MaybeA\", \"M\", Masking.Bucket, Width = 1), Binarizer(\"M\", \"C\")]", "Binarizer1 takes no null, but M may be null (a number (double?)): put Imputer or DropNulls before it")]
    [InlineData("[Select(\"A\", \"A\"), KMeans(\"Three\")]", "Select1 has A already")]
    [InlineData("[KMeans(\"Three\"), KMeans(\"Three\", Name = \"Second\")]", "Second cannot make Prediction: there is a column Prediction already")]
    [InlineData("[DecisionTreeClassifier(\"Three\", \"Whole\"), VectorAssembler(\"V\", \"A\"), SelectByImportance(\"V\", \"W\", 1)]", "SelectByImportance1 needs Three, a vector of 3, the features of DecisionTreeClassifier1, but has V")]
    [InlineData("[StringIndexer(\"Text\", \"L\", Classes = 3), LinearSVC(\"Three\", \"L\")]", "LinearSVC1 needs a label of two classes, but L has 3")]
    [InlineData("[IndexToString(\"Whole\", \"T\")]", "IndexToString1 needs a class number with labels, or Labels of its own, but Whole is a number (int): Labels = [...] gives them")]
    [InlineData("[Mask(\"Id\", \"M\", Masking.Redact)]", "Mask1 cannot read Id, a Guid, which is only carried along: only Select and DropColumns may name it")]
    public void Messages(string attributes, string message) =>
        Assert.Equal(message, Assert.Single(Compiling.Analyze(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>] {attributes} partial class P; {Piped.Row}"], [Piped.Runtime]))).GetMessage());

    [Theory]
    [InlineData("[VectorAssembler(\"V\", {|DSL502:\"Text\"|}, {|DSL502:\"Words\"|}, {|DSL502:\"Time\"|}, \"Flag\", \"Whole\", \"Three\")]")]
    [InlineData("[StringIndexer({|DSL502:\"Flag\"|}, \"L\"), StringIndexer(\"A\", \"M\"), StringIndexer(\"Text\", \"N\")]")]
    [InlineData("[OneHotEncoder({|DSL502:\"Text\"|}, \"V\")]")]
    [InlineData("[IndexToString({|DSL502:\"A\"|}, \"T\"), IndexToString(\"B\", \"U\", Labels = [\"x\"])]")]
    [InlineData("[Imputer(\"A\", {|DSL502:\"Text\"|}), Imputer(\"Text\", \"Flag\", \"Whole\", Strategy = Imputation.Mode)]")]
    [InlineData("[Binarizer({|DSL502:\"Text\"|}, \"C\"), Binarizer(\"Three\", \"D\")]")]
    [InlineData("[Tokenizer({|DSL502:\"Words\"|}, \"T\"), NGram({|DSL502:\"Text\"|}, \"N\"), HashingTF({|DSL502:\"Text\"|}, \"H\")]")]
    [InlineData("[IDF({|DSL502:\"Words\"|}, \"I\"), PCA({|DSL502:\"A\"|}, \"P1\", 1), VectorSlicer({|DSL502:\"A\"|}, \"S\", 0)]")]
    [InlineData("[Interaction(\"I\", \"A\", {|DSL502:\"Flag\"|}, \"Three\")]")]
    [InlineData("[FeatureHasher(\"H\", \"A\", \"Flag\", \"Text\", {|DSL502:\"Words\"|})]")]
    [InlineData("[Mask({|DSL502:\"Words\"|}, \"M\", Masking.Hash), Mask({|DSL502:\"Text\"|}, \"N\", Masking.Bucket, Width = 1), Mask(\"Words\", \"O\", Masking.Redact)]")]
    [InlineData("[Split(Stratify = {|DSL502:\"A\"|})]")]
    [InlineData("[LogisticRegression({|DSL502:\"A\"|}, {|DSL502:\"B\"|}, Weight = {|DSL502:\"Text\"|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\"), LinearRegression(\"Three\", {|DSL502:\"L\"|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\", Classes = 3), LinearSVC(\"Three\", {|DSL502:\"L\"|}), GBTClassifier(\"Three\", {|DSL502:\"L\"|}, Prediction = \"Boost\")]")]
    [InlineData("[VectorAssembler(\"V\", \"A\"), DecisionTreeClassifier(\"V\", \"Whole\"), SelectByImportance({|DSL502:\"Three\"|}, \"W\", 1)]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL502:\"A\"|})]")]
    [InlineData("[LinearRegression(\"Three\", {|DSL502:\"Flag\"|}), LogisticRegression(\"Three\", {|DSL502:\"Single\"|}, Weight = {|DSL502:\"Flag\"|}, Prediction = \"Q\"), KMeans({|DSL502:\"Words\"|}, Prediction = \"R\")]")]
    [InlineData("[UnivariateFeatureSelector({|DSL502:\"A\"|}, {|DSL502:\"Text\"|}, \"V\", 1), Bucketizer({|DSL502:\"Flag\"|}, \"C\", 0, 1, 2), QuantileDiscretizer({|DSL502:\"Time\"|}, \"D\", 2)]")]
    [InlineData("[StopWordsRemover({|DSL502:\"Text\"|}, \"S\"), CountVectorizer({|DSL502:\"Text\"|}, \"V\"), TokenIds({|DSL502:\"Text\"|}, \"I\", 3), RegexTokenizer({|DSL502:\"A\"|}, \"R\")]")]
    [InlineData("[TokenIds(\"Words\", \"I\", 3), KMeans({|DSL502:\"I\"|}), VectorAssembler(\"V\", {|DSL502:\"I\"|}), Mask({|DSL502:\"I\"|}, \"M\", Masking.Hash), Mask({|DSL502:\"Flag\"|}, \"N\", Masking.Noise, Scale = 1)]")]
    [InlineData("[MinMaxScaler({|DSL502:\"A\"|}, \"V\"), MaxAbsScaler({|DSL502:\"Flag\"|}, \"W\"), RobustScaler({|DSL502:\"Text\"|}, \"X\"), Normalizer({|DSL502:\"Time\"|}, \"Y\"), PolynomialExpansion({|DSL502:\"A\"|}, \"Z\"), VarianceThresholdSelector({|DSL502:\"A\"|}, \"U\")]")]
    [InlineData("[Imputer({|DSL502:\"Time\"|}, {|DSL502:\"Three\"|}, Strategy = Imputation.Mode), Split(Stratify = {|DSL502:\"Open\"|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\"), Bucketizer(\"A\", \"C\", 0, 1, 2, 3), LinearRegression(\"Three\", \"C\"), GBTRegressor(\"Three\", {|DSL502:\"L\"|}, Prediction = \"Q\"), GBTClassifier(\"Three\", {|DSL502:\"C\"|}, Prediction = \"R\")]")]
    public void Wrong_kind(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL503:\"MaybeA\"|})]")]
    [InlineData("[VectorAssembler(\"V\", \"A\", \"MaybeA\", HandleInvalid = HandleInvalid.Keep)]")]
    [InlineData("[VectorAssembler(\"V\", \"MaybeA\", HandleInvalid = HandleInvalid.Skip)]")]
    [InlineData("[Imputer(\"MaybeA\"), VectorAssembler(\"V\", \"MaybeA\")]")]
    [InlineData("[DropNulls(\"MaybeA\"), VectorAssembler(\"V\", \"MaybeA\")]")]
    [InlineData("[DropNulls, VectorAssembler(\"V\", \"MaybeA\", \"MaybeWhole\")]")]
    [InlineData("[StringIndexer({|DSL503:\"MaybeText\"|}, \"L\"), StringIndexer(\"MaybeText\", \"M\", HandleInvalid = HandleInvalid.Keep)]")]
    [InlineData("[Tokenizer({|DSL503:\"MaybeText\"|}, \"T\")]")]
    [InlineData("[FeatureHasher(\"H\", \"MaybeA\", \"MaybeText\")]")]
    [InlineData("[Bucketizer({|DSL503:\"MaybeA\"|}, \"C\", 0, 1, 2), Bucketizer(\"MaybeA\", \"D\", new double[] { 0, 1, 2 }, HandleInvalid = HandleInvalid.Skip)]")]
    [InlineData("[Mask(\"MaybeText\", \"M\", Masking.Hash), Tokenizer({|DSL503:\"M\"|}, \"T\")]")]
    [InlineData("[StringIndexer(\"MaybeText\", \"L\"), LogisticRegression(\"Three\", \"L\")]")]
    [InlineData("[Split(Stratify = \"MaybeText\"), LogisticRegression(\"Three\", \"MaybeWhole\")]")]
    [InlineData("[VectorAssembler(\"V\", {|DSL503:\"MaybeWhole\"|}), LogisticRegression(\"Three\", {|DSL503:\"MaybeWhole\"|})]")]
    public void May_be_null(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[Tokenizer(\"Text\", {|DSL504:\"Text\"|})]")]
    [InlineData("[Tokenizer(\"Text\", {|DSL504:\"text\"|})]")]
    [InlineData("[Tokenizer(\"Text\", \"T\"), Tokenizer(\"Other\", {|DSL504:\"t\"|})]")]
    [InlineData("[KMeans(\"Three\"), {|DSL504:KMeans(\"Three\")|}]")]
    [InlineData("[KMeans(\"Three\", Prediction = {|DSL504:\"Secret\"|})]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\", Prediction = \"P1\", Probability = {|DSL504:\"P1\"|})]")]
    [InlineData("[Tokenizer(\"Text\", \"DeepProbability\"), {|DSL504:NaiveBayes(\"Three\", \"Whole\", Prediction = \"Deep\")|}]")]
    [InlineData("[Select(\"A\", {|DSL504:\"A\"|}), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\"), {|DSL504:NaiveBayes(\"Three\", \"Whole\")|}]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\", Prediction = \"Deep\"), LogisticRegression(\"Three\", \"Whole\", Prediction = {|DSL504:\"Deep\"|})]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\", Prediction = \"Deep\"), LogisticRegression(\"Three\", \"Whole\", Prediction = {|DSL504:\"deep\"|})]")]
    [InlineData("[Tokenizer(\"Text\", \"Probability\"), {|DSL504:NaiveBayes(\"Three\", \"Whole\")|}, Evaluate(Metric.Accuracy)]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\", Probability = {|DSL504:\"prediction\"|}, RawPrediction = {|DSL504:\"Words\"|})]")]
    [InlineData("[VectorAssembler({|DSL504:\"Three\"|}, \"A\"), Interaction({|DSL504:\"three\"|}, \"A\"), FeatureHasher({|DSL504:\"A\"|}, \"A\"), UnivariateFeatureSelector(\"Three\", \"Flag\", {|DSL504:\"FLAG\"|}, 1)]")]
    public void Exists(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", {|DSL505:\"Id\"|})]")]
    [InlineData("[Mask({|DSL505:\"Id\"|}, \"M\", Masking.Redact)]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL505:\"Id\"|})]")]
    [InlineData("[Select(\"Id\", \"A\"), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[DropColumns(\"Id\"), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[Split(Stratify = {|DSL505:\"Id\"|}), KMeans(\"Three\", Weight = {|DSL505:\"Id\"|}), DropNulls({|DSL505:\"Id\"|}), Imputer(\"Id\"), Select(\"Id\")]")]
    public void Only_carried(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL512:\"Pay\"|})]")]
    [InlineData("[Tokenizer({|DSL512:\"Secret\"|}, \"T\")]")]
    [InlineData("[Select(\"A\", {|DSL512:\"Pay\"|}), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[Split(Stratify = {|DSL512:\"Secret\"|})]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL512:\"Secret\"|})]")]
    [InlineData("[Mask(\"Secret\", \"M\", Masking.Hash), Tokenizer(\"M\", \"T\")]")]
    [InlineData("[Imputer(\"Pay\"), VectorAssembler(\"V\", {|DSL512:\"Pay\"|})]")]
    [InlineData("[DropNulls(\"Secret\"), Mask(\"Secret\", \"M\", Masking.Redact)]")]
    [InlineData("[Map(\"F\", \"Double\"), VectorAssembler(\"V\", {|DSL512:\"Double\"|})]")]
    [InlineData("[KMeans(\"Three\", Weight = {|DSL512:\"Pay\"|}), LinearRegression(\"Three\", {|DSL512:\"Pay\"|}, Prediction = \"Q\"), DropColumns(\"Pay\", \"Secret\")]")]
    [InlineData("[FeatureHasher(\"H\", \"A\", {|DSL512:\"Secret\"|}), StringIndexer({|DSL512:\"Secret\"|}, \"L\"), UnivariateFeatureSelector(\"Three\", {|DSL512:\"Pay\"|}, \"U\", 1)]")]
    [InlineData("[Where(\"Keep\"), Map(\"F\", \"Double\"), Mask(\"Double\", \"M\", Masking.Bucket, Width = 10), VectorAssembler(\"V\", \"M\")]")]
    [InlineData("[Map(\"F\", \"Double\"), Imputer(\"Double\"), Select(\"A\", {|DSL512:\"Double\"|}), KMeans(\"Three\")]")]
    public void Sensitive(string attributes) => Piped.Rows(attributes, "static double F(double pay) => 2 * pay; static bool Keep(string secret) => true;");

    // What is wrong with a column in several ways is told in the first of DSL501, 505, 512, 502, 503.
    [Theory]
    [InlineData("[KMeans({|DSL505:\"Id\"|}), Tokenizer({|DSL505:\"Id\"|}, \"T\"), VectorAssembler(\"V\", {|DSL505:\"Id\"|})]")]
    [InlineData("[KMeans({|DSL512:\"Pay\"|}), Tokenizer({|DSL512:\"Pay\"|}, \"T\"), StandardScaler({|DSL512:\"Secret\"|}, \"S\")]")]
    [InlineData("[KMeans({|DSL502:\"MaybeA\"|}), Tokenizer({|DSL502:\"MaybeA\"|}, \"T\"), Binarizer({|DSL502:\"MaybeText\"|}, \"B2\")]")]
    [InlineData("[Network<Net>({|DSL501:\"Open2\"|}, {|DSL502:\"MaybeText\"|}), Network<Net>({|DSL512:\"Secret\"|}, {|DSL505:\"Id\"|}, Prediction = \"Q\")]")]
    [InlineData("[SelectByImportance({|DSL501:\"Thre\"|}, \"W\", {|DSL515:0|}, From = {|DSL501:\"X\"|})]")]
    public void Each_column_is_told_of_once(string attributes) => Piped.Rows(attributes, others: "[Model, Input(3), Linear(4), CrossEntropy, Adam] public partial class Net;");

    [Theory]
    [InlineData("Normalizer(\"V\", \"N\")", "Normalizer1 takes no null, but V may be null (a vector): put DropNulls before it")]
    [InlineData("NGram(\"W\", \"N\")", "NGram1 takes no null, but W may be null (tokens (string[]?)): put DropNulls before it")]
    [InlineData("Map(\"F\", \"M\")", "Map1 takes no null, but At may be null (a time (DateOnly?)): put DropNulls before it")]
    public void What_cannot_be_imputed_is_dropped(string attribute, string message) => Assert.Equal(message, Assert.Single(Compiling.Analyze(Compiling.Compile(
        "Test", [$"using Dsl; [Pipeline<Maybe>, {attribute}] partial class P {{ static double F(System.DateOnly at) => 0; }} record Maybe(double[]? V, string[]? W, System.DateOnly? At);"], [Piped.Runtime]))).GetMessage());

    [Fact]
    public void Every_stage_that_takes_no_null_says_so() => Piped.Verify("""
        [Pipeline<Maybe>]
        [PCA({|DSL503:"V"|}, "A1", 1), VectorSlicer({|DSL503:"V"|}, "A2", 0), StandardScaler({|DSL503:"V"|}, "A3"), MinMaxScaler({|DSL503:"V"|}, "A4"), MaxAbsScaler({|DSL503:"V"|}, "A5")]
        [RobustScaler({|DSL503:"V"|}, "A6"), Normalizer({|DSL503:"V"|}, "A7"), Binarizer({|DSL503:"V"|}, "A8"), Binarizer({|DSL503:"S"|}, "A9"), IDF({|DSL503:"V"|}, "B1")]
        [PolynomialExpansion({|DSL503:"V"|}, "B2"), VarianceThresholdSelector({|DSL503:"V"|}, "B3"), UnivariateFeatureSelector({|DSL503:"V"|}, "Time", "B4", 1), Interaction("B5", {|DSL503:"N"|}, {|DSL503:"V"|})]
        [OneHotEncoder({|DSL503:"N"|}, "B6"), IndexToString({|DSL503:"N"|}, "B7", Labels = ["x"]), QuantileDiscretizer({|DSL503:"S"|}, "B8", 3), VectorAssembler("B9", {|DSL503:"F"|}, {|DSL503:"V"|})]
        [StringIndexer({|DSL503:"N"|}, "C1"), RegexTokenizer({|DSL503:"T"|}, "C2"), StopWordsRemover({|DSL503:"W"|}, "C3"), NGram({|DSL503:"W"|}, "C4"), HashingTF({|DSL503:"W"|}, "C5")]
        [CountVectorizer({|DSL503:"W"|}, "C6"), TokenIds({|DSL503:"W"|}, "C7", 3), KMeans({|DSL503:"V"|}), SGDClassifier({|DSL503:"V"|}, "Class", Prediction = "C8")]
        partial class P;
        record Maybe(double[]? V, string[]? W, bool? F, float? S, string? T, int? N, int? Time, byte? Class);
        """);

    [Fact]
    public void The_way_of_a_sensitive_column_is_told() => Assert.Equal(
        "VectorAssembler1 cannot read Twice, which is sensitive (Pay → Double → Twice): Mask makes a column of it that is not",
        Piped.Message("[Map(\"F\", \"Double\"), Map(\"G\", \"Twice\"), VectorAssembler(\"V\", {|DSL512:\"Twice\"|})]", "static double F(double pay) => pay; static double G(double @double) => @double;"));

    [Theory]
    [InlineData("[Map({|DSL506:\"Nothing\"|}, \"M\"), StandardScaler(\"M\", \"S\"), KMeans(\"S\"), IndexToString(\"Prediction\", \"T\")]")]
    [InlineData("[StandardScaler({|DSL502:\"A\"|}, \"S\"), Normalizer(\"S\", \"N\"), NaiveBayes(\"N\", \"Whole\"), StringIndexer(\"Prediction\", \"L\"), Evaluate(Metric.Rmse)]")]
    [InlineData("[Imputer(\"MaybeA\", {|DSL502:\"Text\"|}), VectorAssembler(\"V\", \"MaybeA\", \"Text\"), Tokenizer(\"Text\", \"T\")]")]
    public void What_follows_a_wrong_column_is_silent(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[Nothing(\"A\", \"B2\"), StandardScaler(\"B2\", \"S\"), KMeans(\"S\")]")]
    [InlineData("[StandardScaler(), StandardScaler(\"X\", \"S\"), KMeans(\"S\"), StringIndexer(\"MaybeText\", \"L\")]")]
    [InlineData("[StandardScaler(\"X\"]")]
    public void Half_typed_ones_say_nothing(string attributes) => Piped.Rows(attributes);
}
