using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Every operation that a program can call: the compiler's view of <c>IBackend</c>. A test holds it equal to the interface, parameter by parameter;
/// the verifier holds every call to it.
/// </summary>
internal static class Operations
{
    // ---- Fully connected ----

    public static readonly Signature PrepareLinear = new(
        "PrepareLinear", Constant<LinearShape>("shape"), Reads("weight"), Reads("scale").OrNone, Writes("prepared").Of<LinearShape>(Forward));

    public static readonly Signature PrepareLinearBackward = new(
        "PrepareLinearBackward", Constant<LinearShape>("shape"), Reads("weight"), Writes("prepared").Of<LinearShape>(Backward));

    public static readonly Signature Linear = new(
        "Linear", Constant<LinearShape>("shape"), Reads("prepared").Of<LinearShape>(Forward), Reads("bias").OrNone, Reads("x"), Writes("y"), Rows);

    public static readonly Signature LinearBackward = new(
        "LinearBackward",
        Constant<LinearShape>("shape"),
        Reads("preparedBackward").Of<LinearShape>(Backward).For("dx"),
        Reads("x"),
        Reads("y"),
        Consumes("dy"),
        Writes("dx").OrNone,
        Writes("dWeight").In(Home.Gradients).OrNone,
        Writes("dBias").In(Home.Gradients).OrNone,
        Rows);

    // ---- Convolution ----

    public static readonly Signature PrepareConv2d = new(
        "PrepareConv2d", Constant<Conv2dShape>("shape"), Reads("weight"), Reads("scale").OrNone, Writes("prepared").Of<Conv2dShape>(Forward));

    public static readonly Signature PrepareConv2dBackward = new(
        "PrepareConv2dBackward", Constant<Conv2dShape>("shape"), Reads("weight"), Writes("prepared").Of<Conv2dShape>(Backward));

    public static readonly Signature Conv2d = new(
        "Conv2d",
        Constant<Conv2dShape>("shape"),
        Reads("prepared").Of<Conv2dShape>(Forward),
        Reads("bias").OrNone,
        ReadsView("x"),
        WritesView("y"),
        Writes("indices").OfIndices<Conv2dShape>(shape => shape.Pool, "y").OrNone,
        Batch);

    public static readonly Signature Conv2dBackward = new(
        "Conv2dBackward",
        Constant<Conv2dShape>("shape"),
        Reads("preparedBackward").Of<Conv2dShape>(Backward).For("dx"),
        ReadsView("x"),
        ReadsView("y"),
        Reads("indices").OfIndices<Conv2dShape>(shape => shape.Pool, "dy").OrNone,
        ConsumesView("dy"),
        WritesView("dx").OrNone,
        Writes("dWeight").In(Home.Gradients).OrNone,
        Writes("dBias").In(Home.Gradients).OrNone,
        Batch);

    public static readonly Signature PrepareDepthwiseConv2d = new(
        "PrepareDepthwiseConv2d", Constant<Conv2dShape>("shape"), Reads("weight"), Reads("scale").OrNone, Writes("prepared").Of<Conv2dShape>(Depthwise));

    public static readonly Signature DepthwiseConv2d = new(
        "DepthwiseConv2d",
        Constant<Conv2dShape>("shape"),
        Reads("prepared").Of<Conv2dShape>(Depthwise),
        Reads("bias").OrNone,
        ReadsView("x"),
        WritesView("y"),
        Batch);

    public static readonly Signature DepthwiseConv2dBackward = new(
        "DepthwiseConv2dBackward",
        Constant<Conv2dShape>("shape"),
        Reads("prepared").Of<Conv2dShape>(Depthwise),
        ReadsView("x"),
        ReadsView("y"),
        ConsumesView("dy"),
        WritesView("dx").OrNone,
        Writes("dWeight").In(Home.Gradients).OrNone,
        Writes("dBias").In(Home.Gradients).OrNone,
        Batch);

    // ---- Transposed convolution ----

    public static readonly Signature ConvTranspose2d = new(
        "ConvTranspose2d",
        Constant<Conv2dShape>("shape"),
        Reads("prepared").Of<Conv2dShape>(Backward),
        Reads("bias").OrNone,
        ReadsView("x"),
        WritesView("y"),
        Batch);

    public static readonly Signature ConvTranspose2dBackward = new(
        "ConvTranspose2dBackward",
        Constant<Conv2dShape>("shape"),
        Reads("preparedBackward").Of<Conv2dShape>(Forward).For("dx"),
        ReadsView("x"),
        ReadsView("y"),
        ConsumesView("dy"),
        WritesView("dx").OrNone,
        Writes("dWeight").In(Home.Gradients).OrNone,
        Writes("dBias").In(Home.Gradients).OrNone,
        Batch);

    // ---- Pooling ----

    public static readonly Signature MaxPool2d = new(
        "MaxPool2d", Constant<PoolShape>("shape"), ReadsView("x"), WritesView("y"), Writes("indices").OfIndices<PoolShape>(shape => shape, "y").OrNone, Batch);

    public static readonly Signature MaxPool2dBackward = new(
        "MaxPool2dBackward",
        Constant<PoolShape>("shape"),
        Reads("indices").OfIndices<PoolShape>(shape => shape, "dy"),
        ReadsView("dy"),
        WritesView("dx"),
        Batch);

    public static readonly Signature AvgPool2d = new("AvgPool2d", Constant<PoolShape>("shape"), ReadsView("x"), WritesView("y"), Batch);

    public static readonly Signature AvgPool2dBackward = new("AvgPool2dBackward", Constant<PoolShape>("shape"), ReadsView("dy"), WritesView("dx"), Batch);

    public static readonly Signature AdaptiveAvgPool2d = new("AdaptiveAvgPool2d", ReadsView("x"), WritesView("y"), Batch);

    public static readonly Signature AdaptiveAvgPool2dBackward = new("AdaptiveAvgPool2dBackward", ReadsView("dy"), WritesView("dx"), Batch);

    // ---- Batch norm ----

    public static readonly Signature BatchNorm = new(
        "BatchNorm",
        ReadsView("x"),
        Reads("gamma"),
        Reads("beta"),
        Float("epsilon"),
        Constant<Epilogue>("epilogue"),
        Writes("mean"),
        Writes("variance"),
        WritesView("y"),
        Batch)
    {
        WorksInPlace = true,
    };

    public static readonly Signature BatchNormBackward = new(
        "BatchNormBackward",
        ReadsView("x"),
        Reads("gamma"),
        Reads("beta"),
        Float("epsilon"),
        Constant<Epilogue>("epilogue"),
        Reads("mean"),
        Reads("variance"),
        ReadsView("y"),
        ConsumesView("dy"),
        WritesView("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).OrNone,
        Writes("dBeta").In(Home.Gradients).OrNone,
        Batch);

    public static readonly Signature BatchNormAdd = new(
        "BatchNormAdd",
        ReadsView("x"),
        ReadsView("addend"),
        Reads("gamma"),
        Reads("beta"),
        Float("epsilon"),
        Constant<Epilogue>("epilogue"),
        Writes("mean"),
        Writes("variance"),
        WritesView("y"),
        Batch);

    public static readonly Signature BatchNormAddBackward = new(
        "BatchNormAddBackward",
        ReadsView("x"),
        Reads("gamma"),
        Float("epsilon"),
        Constant<Epilogue>("epilogue"),
        Reads("mean"),
        Reads("variance"),
        ReadsView("y"),
        new Slot("dy", SlotKind.View, Role.Updates),
        WritesView("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).OrNone,
        Writes("dBeta").In(Home.Gradients).OrNone,
        Batch);

    public static readonly Signature BatchNormSteps = new(
        "BatchNormSteps",
        Reads("x"),
        ReadsInts("lengths"),
        Reads("gamma").Times("features"),
        Reads("beta").Times("features"),
        Float("epsilon"),
        Writes("mean").Times("features"),
        Writes("variance").Times("features"),
        Writes("unbiased").Times("features"),
        Writes("y"),
        Int("steps"),
        Int("features"),
        Batch);

    public static readonly Signature BatchNormStepsBackward = new(
        "BatchNormStepsBackward",
        Reads("x"),
        ReadsInts("lengths"),
        Reads("gamma").Times("features"),
        Float("epsilon"),
        Reads("mean").Times("features"),
        Reads("variance").Times("features"),
        Reads("dy"),
        Writes("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).Times("features").OrNone,
        Writes("dBeta").In(Home.Gradients).Times("features").OrNone,
        Int("steps"),
        Int("features"),
        Batch);

    public static readonly Signature UpdateRunningStatistics = new(
        "UpdateRunningStatistics",
        Reads("mean").Times("channels"),
        Reads("variance").Times("channels"),
        Count("count"),
        Float("momentum"),
        Updates("runningMean").In(Home.Parameters).Times("channels"),
        Updates("runningVariance").In(Home.Parameters).Times("channels"),
        Int("channels"),
        Reads("verdict").In(Home.Verdict).Times(StepOutcome.VerdictFloats));

    public static readonly Signature CheckRunningStatistics = new(
        "CheckRunningStatistics",
        Reads("mean").Times("channels"),
        Reads("variance").Times("channels"),
        Count("count"),
        Float("momentum"),
        Reads("runningMean").In(Home.Parameters).Times("channels"),
        Reads("runningVariance").In(Home.Parameters).Times("channels"),
        Int("channels"),
        Long("place"),
        Updates("verdict").In(Home.Verdict).Times(StepOutcome.VerdictFloats));

    public static readonly Signature FoldBatchNorm = new(
        "FoldBatchNorm",
        Reads("gamma").Times("channels"),
        Reads("beta").Times("channels"),
        Reads("runningMean").In(Home.Parameters).Times("channels"),
        Reads("runningVariance").In(Home.Parameters).Times("channels"),
        Float("epsilon"),
        Reads("bias").Times("channels").OrNone,
        Writes("scale").Times("channels"),
        Writes("shift").Times("channels"),
        Int("channels"));

    public static readonly Signature ScaleShift = new(
        "ScaleShift", ReadsView("x"), Reads("scale"), Reads("shift"), Constant<Epilogue>("epilogue"), WritesView("y"), Batch)
    {
        WorksInPlace = true,
    };

    public static readonly Signature ScaleShiftBackward = new(
        "ScaleShiftBackward", Reads("scale"), Constant<Epilogue>("epilogue"), ReadsView("y"), ReadsView("dy"), WritesView("dx"), Batch)
    {
        WorksInPlace = true,
    };

    // ---- Layer norm ----

    public static readonly Signature LayerNorm = new(
        "LayerNorm",
        Reads("x"),
        Reads("gamma").Times("length"),
        Reads("beta").Times("length"),
        Float("epsilon"),
        Writes("y"),
        Writes("mean").OrNone,
        Writes("scale").OrNone,
        Rows,
        Int("length"));

    public static readonly Signature LayerNormBackward = new(
        "LayerNormBackward",
        Reads("x"),
        Reads("gamma").Times("length"),
        Reads("mean"),
        Reads("scale"),
        Reads("dy"),
        Writes("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).Times("length").OrNone,
        Writes("dBeta").In(Home.Gradients).Times("length").OrNone,
        Rows,
        Int("length"));

    // ---- Attention ----

    public static readonly Signature Attention = new(
        "Attention",
        Constant<AttentionShape>("shape"),
        Reads("q").Of<AttentionShape>(shape => shape.QueryFloats),
        Reads("kv").Of<AttentionShape>(shape => shape.KeyFloats).OrNone,
        ReadsInts("lengths").OrNone,
        Constant<DropoutLayerKey>("key").OrNone,
        Writes("y").Of<AttentionShape>(shape => shape.ResultFloats),
        Writes("logSums").Of<AttentionShape>(shape => shape.LogSumFloats).OrNone,
        Batch);

    public static readonly Signature AttentionBackward = new(
        "AttentionBackward",
        Constant<AttentionShape>("shape"),
        Reads("q").Of<AttentionShape>(shape => shape.QueryFloats),
        Reads("kv").Of<AttentionShape>(shape => shape.KeyFloats).OrNone,
        ReadsInts("lengths").OrNone,
        Constant<DropoutLayerKey>("key").OrNone,
        Reads("y").Of<AttentionShape>(shape => shape.ResultFloats),
        Reads("logSums").Of<AttentionShape>(shape => shape.LogSumFloats),
        Reads("dy").Of<AttentionShape>(shape => shape.ResultFloats),
        Writes("dq").Of<AttentionShape>(shape => shape.QueryFloats).OrNone,
        Writes("dkv").Of<AttentionShape>(shape => shape.KeyFloats).OrNone,
        Batch);

    public static readonly Signature AttentionStep = new(
        "AttentionStep",
        Constant<AttentionStepShape>("shape"),
        Reads("qkv").Of<AttentionStepShape>(shape => shape.ProjectedFloats),
        Updates("cache").Of<AttentionStepShape>(shape => shape.CacheFloats).In(Home.Kept),
        Int("position"),
        Writes("y").Of<AttentionStepShape>(shape => shape.Features),
        Batch);

    // ---- RMS norm and group norm ----

    public static readonly Signature RmsNorm = new(
        "RmsNorm", Reads("x"), Reads("gamma").Times("length"), Float("epsilon"), Writes("y"), Writes("scale").OrNone, Rows, Int("length"));

    public static readonly Signature RmsNormBackward = new(
        "RmsNormBackward",
        Reads("x"),
        Reads("gamma").Times("length"),
        Reads("scale"),
        Reads("dy"),
        Writes("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).Times("length").OrNone,
        Rows,
        Int("length"));

    public static readonly Signature GroupNorm = new(
        "GroupNorm",
        ReadsView("x"),
        Reads("gamma"),
        Reads("beta"),
        Int("groups"),
        Float("epsilon"),
        Constant<Epilogue>("epilogue"),
        Writes("mean").OrNone,
        Writes("scale").OrNone,
        WritesView("y"),
        Batch);

    public static readonly Signature GroupNormBackward = new(
        "GroupNormBackward",
        ReadsView("x"),
        Reads("gamma"),
        Int("groups"),
        Constant<Epilogue>("epilogue"),
        Reads("mean"),
        Reads("scale"),
        ReadsView("y"),
        ConsumesView("dy"),
        WritesView("dx").OrNone,
        Writes("dGamma").In(Home.Gradients).OrNone,
        Writes("dBeta").In(Home.Gradients).OrNone,
        Batch);

    // ---- Element-wise and rearranging ----

    public static readonly Signature Unary = new("Unary", Constant<Epilogue>("function"), ReadsView("x"), WritesView("y"), Batch) { WorksInPlace = true };

    public static readonly Signature UnaryBackward = new(
        "UnaryBackward", Constant<Epilogue>("function"), ReadsView("x").OrNone, ReadsView("y").OrNone, ReadsView("dy"), WritesView("dx"), Batch)
    {
        WorksInPlace = true,
    };

    public static readonly Signature Add = new("Add", ReadsView("a"), ReadsView("b"), WritesView("y"), Batch) { WorksInPlace = true };

    public static readonly Signature Multiply = new("Multiply", ReadsView("a"), ReadsView("b"), WritesView("y"), Batch) { WorksInPlace = true };

    public static readonly Signature Accumulate = new("Accumulate", ReadsView("x"), new Slot("y", SlotKind.View, Role.Updates), Batch);

    public static readonly Signature Copy = new("Copy", ReadsView("x"), WritesView("y"), Batch);

    public static readonly Signature ToChannelsLast = new("ToChannelsLast", Reads("x"), WritesView("y"), Batch);

    public static readonly Signature ToChannelsFirst = new("ToChannelsFirst", ReadsView("x"), Writes("y"), Batch);

    public static readonly Signature CopyBlocks = new(
        "CopyBlocks",
        Reads("x"),
        Long("xSampleStride"),
        Long("xStride"),
        Writes("y"),
        Long("ySampleStride"),
        Long("yStride"),
        Int("blocks"),
        Int("length"),
        Batch);

    public static readonly Signature Permute = new("Permute", Constant<Permutation>("permutation"), Reads("x"), Writes("y"), Batch);

    public static readonly Signature Upsample2d = new("Upsample2d", Int("scale"), ReadsView("x"), WritesView("y"), Batch);

    public static readonly Signature Upsample2dBackward = new("Upsample2dBackward", Int("scale"), ReadsView("dy"), WritesView("dx"), Batch);

    public static readonly Signature ZeroPad2d = new("ZeroPad2d", Int("padding"), ReadsView("x"), WritesView("y"), Batch);

    public static readonly Signature ZeroPad2dBackward = new("ZeroPad2dBackward", Int("padding"), ReadsView("dy"), WritesView("dx"), Batch);

    public static readonly Signature Softmax = new("Softmax", Reads("x"), Writes("y"), Count("rows"), Int("length")) { WorksInPlace = true };

    public static readonly Signature SoftmaxBackward = new("SoftmaxBackward", Reads("y"), Reads("dy"), Writes("dx"), Count("rows"), Int("length"));

    public static readonly Signature LogSoftmax = new("LogSoftmax", Reads("x"), Writes("y"), Count("rows"), Int("length")) { WorksInPlace = true };

    public static readonly Signature LogSoftmaxBackward = new("LogSoftmaxBackward", Reads("y"), Reads("dy"), Writes("dx"), Count("rows"), Int("length"));

    public static readonly Signature Dropout = new(
        "Dropout", Constant<DropoutLayerKey>("key"), Float("probability"), ReadsView("x"), WritesView("y"), Batch)
    {
        WorksInPlace = true,
    };

    // ---- Own layers ----

    public static readonly Signature OwnRows = new(
        "OwnRows", Constant<RowLayerOf>("layer"), Reads("parameters").OrNone, Reads("x"), Writes("y"), Rows);

    public static readonly Signature OwnRowsBackward = new(
        "OwnRowsBackward",
        Constant<RowLayerOf>("layer"),
        Reads("parameters").OrNone,
        Reads("x"),
        Reads("y"),
        Reads("dy"),
        Writes("dx").OrNone,
        Writes("dParameters").In(Home.Gradients).OrNone,
        Rows);

    // ---- Sampling ----

    public static readonly Signature GaussianSample = new(
        "GaussianSample", Constant<DropoutLayerKey>("key"), Reads("x"), Writes("y").Times("features"), Int("features"), Batch);

    public static readonly Signature GaussianSampleBackward = new(
        "GaussianSampleBackward",
        Constant<DropoutLayerKey>("key"),
        Reads("x"),
        Reads("dy").Times("features"),
        Float("weight"),
        Writes("dx"),
        Int("features"),
        Batch);

    public static readonly Signature AddGaussianDivergence = new(
        "AddGaussianDivergence", Reads("x"), Float("weight"), Updates("loss").In(Home.Loss), Int("features"), Batch);

    // ---- Sequences ----

    public static readonly Signature SequenceLengths = new(
        "SequenceLengths", ReadsInts("ids"), Int("padding"), new Slot("lengths", SlotKind.Ints, Role.Writes), Int("steps"), Batch);

    public static readonly Signature Embedding = new("Embedding", Reads("weight"), ReadsInts("ids"), Writes("y"), Count("count"), Int("features"));

    public static readonly Signature EmbeddingBackward = new(
        "EmbeddingBackward", ReadsInts("ids"), Reads("dy"), Writes("dWeight").In(Home.Gradients), Count("count"), Int("vocabulary"), Int("features"), Int("padding"));

    public static readonly Signature LastStep = new(
        "LastStep", Reads("x"), ReadsInts("lengths").OrNone, Writes("y").Times("features"), Int("steps"), Int("features"), Int("forward"), Batch);

    public static readonly Signature LastStepBackward = new(
        "LastStepBackward", ReadsInts("lengths").OrNone, Reads("dy").Times("features"), Writes("dx"), Int("steps"), Int("features"), Int("forward"), Batch);

    public static readonly Signature AddToSamples = new(
        "AddToSamples", Reads("x").Times("count"), Reads("shared").Times("count"), Writes("y").Times("count"), Long("count"), Batch)
    {
        WorksInPlace = true,
    };

    public static readonly Signature SumOfSamples = new(
        "SumOfSamples", Reads("x").Times("count"), Writes("sum").In(Home.Gradients).Times("count"), Long("count"), Batch);

    public static readonly Signature SinusoidalTable = new("SinusoidalTable", Writes("table"), Int("steps"), Int("features"));

    // ---- Recurrent ----

    public static readonly Signature PrepareRecurrent = new(
        "PrepareRecurrent",
        Constant<RecurrentShape>("shape"),
        Reads("weightInput"),
        Reads("weightHidden"),
        Reads("biasInput"),
        Reads("biasHidden"),
        Writes("prepared").Of<RecurrentShape>(shape => shape.PreparedFloats));

    public static readonly Signature PrepareRecurrentBackward = new(
        "PrepareRecurrentBackward",
        Constant<RecurrentShape>("shape"),
        Reads("weightInput").For("dx"),
        Reads("weightHidden"),
        Writes("prepared").Of<RecurrentShape>(shape => shape.PreparedBackwardFloats));

    public static readonly Signature Recurrent = new(
        "Recurrent",
        Constant<RecurrentShape>("shape"),
        Reads("prepared").Of<RecurrentShape>(shape => shape.PreparedFloats),
        Reads("x").Of<RecurrentShape>(shape => (long)shape.Steps * shape.Inputs),
        ReadsInts("lengths").OrNone,
        Reads("initial").Of<RecurrentShape>(shape => shape.StateFloats).OrNone,
        Writes("y").Of<RecurrentShape>(shape => shape.Steps * shape.OutputFloats),
        Writes("final").Of<RecurrentShape>(shape => shape.StateFloats).OrNone,
        Writes("saved").Of<RecurrentShape>(shape => shape.SavedFloats).OrNone,
        Batch);

    public static readonly Signature RecurrentBackward = new(
        "RecurrentBackward",
        Constant<RecurrentShape>("shape"),
        Reads("preparedBackward").Of<RecurrentShape>(shape => shape.PreparedBackwardFloats),
        ReadsInts("lengths").OrNone,
        Consumes("saved").Of<RecurrentShape>(shape => shape.SavedFloats),
        Reads("dy").Of<RecurrentShape>(shape => shape.Steps * shape.OutputFloats),
        Writes("dx").Of<RecurrentShape>(shape => (long)shape.Steps * shape.Inputs).OrNone,
        Writes("dWeightInput").In(Home.Gradients).OrNone,
        Writes("dWeightHidden").In(Home.Gradients).OrNone,
        Writes("dBiasInput").In(Home.Gradients).OrNone,
        Writes("dBiasHidden").In(Home.Gradients).OrNone,
        Batch);

    // ---- Windows over steps of unequal length ----

    public static readonly Signature MaskSteps = new(
        "MaskSteps", Reads("x"), ReadsInts("lengths"), Float("value"), Writes("y"), Int("steps"), Int("features"), Batch)
    {
        WorksInPlace = true,
    };

    public static readonly Signature WindowLengths = new(
        "WindowLengths", Constant<LengthMap>("map"), ReadsInts("lengths"), new Slot("mapped", SlotKind.Ints, Role.Writes), Batch);

    public static readonly Signature AverageSteps = new(
        "AverageSteps", Reads("x"), ReadsInts("lengths"), Writes("y").Times("features"), Int("steps"), Int("features"), Batch);

    public static readonly Signature AverageStepsBackward = new(
        "AverageStepsBackward", ReadsInts("lengths"), Reads("dy").Times("features"), Writes("dx"), Int("steps"), Int("features"), Batch);

    // ---- Losses ----

    public static readonly Signature CrossEntropy = new(
        "CrossEntropy",
        Reads("logits"),
        ReadsInts("labels"),
        Writes("dx").OrNone,
        Writes("loss").In(Home.Loss),
        Rows,
        Int("classes"),
        Float("smoothing"),
        Int("ignore"));

    public static readonly Signature Hinge = new("Hinge", Reads("scores"), ReadsInts("labels"), Writes("dx").OrNone, Writes("loss").In(Home.Loss), Rows);

    public static readonly Signature ElementLoss = new(
        "ElementLoss",
        Constant<ElementLoss>("kind"),
        Float("delta"),
        Reads("x"),
        Reads("target"),
        Writes("dx").OrNone,
        Writes("loss").In(Home.Loss),
        Count("count"));

    public static readonly Signature KLDivergence = new(
        "KLDivergence", Reads("x"), Reads("target"), Writes("dx").OrNone, Writes("loss").In(Home.Loss), Count("rows"), Int("length"));

    public static readonly Signature CountCorrect = new(
        "CountCorrect", Reads("scores"), ReadsInts("labels"), Writes("correct").In(Home.Correct), Rows, Int("columns"), Int("ignore"));

    public static readonly Signature CountTargetsMet = new("CountTargetsMet", Reads("logits"), Reads("targets"), Writes("correct"), Count("count"));

    // ---- Losses of samples of unequal length ----

    public static readonly Signature ElementLossOfSteps = new(
        "ElementLossOfSteps",
        Constant<ElementLoss>("kind"),
        Float("delta"),
        Reads("x"),
        Reads("target"),
        ReadsInts("lengths"),
        Writes("dx").OrNone,
        Writes("loss").In(Home.Loss),
        Int("steps"),
        Int("features"),
        Batch);

    public static readonly Signature KLDivergenceOfSteps = new(
        "KLDivergenceOfSteps", Reads("x"), Reads("target"), ReadsInts("lengths"), Writes("dx").OrNone, Writes("loss").In(Home.Loss), Int("steps"), Int("features"), Batch);

    public static readonly Signature CountTargetsMetOfSteps = new(
        "CountTargetsMetOfSteps", Reads("logits"), Reads("targets"), ReadsInts("lengths"), Writes("correct").In(Home.Correct), Int("steps"), Int("features"), Batch);

    // ---- Optimizers ----

    // It looks at the verdict that outlives the step before it writes, yet comes first in each step: so it writes.
    public static readonly Signature CheckGradients = new("CheckGradients", Reads("gradients").In(Home.Gradients), Count("count"), Reads("loss").In(Home.Loss), Writes("verdict").In(Home.Verdict).Times(StepOutcome.VerdictFloats), Long("step"));

    public static readonly Signature GradientNorm = new("GradientNorm", Reads("gradients").In(Home.Gradients), Count("count"), Writes("norm"));

    public static readonly Signature Sgd = Optimizer("Sgd", [Updates("velocity").In(Home.State).OrNone], Float("momentum"), Bool("nesterov"));

    public static readonly Signature Adam = Optimizer(
        "Adam", [Updates("mean").In(Home.State), Updates("variance").In(Home.State)], Float("beta1"), Float("beta2"), Float("epsilon"), Bool("decoupled"));

    public static readonly Signature RmsProp = Optimizer(
        "RmsProp", [Updates("square").In(Home.State), Updates("velocity").In(Home.State).OrNone], Float("alpha"), Float("epsilon"), Float("momentum"));

    public static readonly Signature Adagrad = Optimizer("Adagrad", [Updates("sum").In(Home.State)], Float("epsilon"));

    // ---- The program's own ----

    /// <summary>Notes the first layer whose output is not finite.</summary>
    public static readonly Signature Trace = new(
        "Trace", new Slot("context", SlotKind.Program), new Slot("layer", SlotKind.Program), ReadsView("output"))
    {
        IsProgram = true,
    };

    /// <summary>The weights of a linear layer are wanted in their prepared form alone.</summary>
    public static readonly Signature HoldLinear = new(
        "HoldLinear", Constant<LinearShape>("shape"), Reads("weight").In(Home.Parameters), Reads("scale").OrNone, Reads("prepared").Of<LinearShape>(Forward))
    {
        IsProgram = true,
    };

    /// <summary>The weights of a convolution are wanted in their prepared form alone.</summary>
    public static readonly Signature HoldConv2d = new(
        "HoldConv2d", Constant<Conv2dShape>("shape"), Reads("weight").In(Home.Parameters), Reads("scale").OrNone, Reads("prepared").Of<Conv2dShape>(Forward))
    {
        IsProgram = true,
    };

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<Signature> All =>
        [.. typeof(Operations).GetFields(BindingFlags.Public | BindingFlags.Static).Where(one => one.FieldType == typeof(Signature)).Select(one => (Signature)one.GetValue(null))];

    private static Signature Optimizer(string name, Slot[] state, params Slot[] own) => new(
        name,
        [
            Updates("parameters").In(Home.Parameters), Reads("gradients").In(Home.Gradients), .. state, Count("count"), Float("rate"), .. own, Constant<Regularization>("regularization"),
            Reads("norm").OrNone, Updates("verdict").In(Home.Verdict).Times(StepOutcome.VerdictFloats), Long("step"),
        ]);

    private static long Forward(LinearShape shape) => shape.PreparedFloats;

    private static long Backward(LinearShape shape) => shape.PreparedBackwardFloats;

    private static long Forward(Conv2dShape shape) => shape.PreparedFloats;

    private static long Backward(Conv2dShape shape) => shape.PreparedBackwardFloats;

    private static long Depthwise(Conv2dShape shape) => shape.DepthwisePreparedFloats;

    private static Slot Batch => new("batch", SlotKind.IntCount);

    private static Slot Rows => Count("rows");

    private static Slot Count(string name) => new(name, SlotKind.LongCount);

    private static Slot Reads(string name) => new(name, SlotKind.Floats, Role.Reads);

    private static Slot Writes(string name) => new(name, SlotKind.Floats, Role.Writes);

    private static Slot Updates(string name) => new(name, SlotKind.Floats, Role.Updates);

    private static Slot Consumes(string name) => new(name, SlotKind.Floats, Role.Consumes);

    private static Slot ReadsInts(string name) => new(name, SlotKind.Ints, Role.Reads);

    private static Slot ReadsView(string name) => new(name, SlotKind.View, Role.Reads);

    private static Slot WritesView(string name) => new(name, SlotKind.View, Role.Writes);

    private static Slot ConsumesView(string name) => new(name, SlotKind.View, Role.Consumes);

    private static Slot Constant<T>(string name) => new(name, SlotKind.Constant, Type: typeof(T));

    private static Slot Float(string name) => new(name, SlotKind.Float);

    private static Slot Int(string name) => new(name, SlotKind.Int);

    private static Slot Long(string name) => new(name, SlotKind.Long);

    private static Slot Bool(string name) => new(name, SlotKind.Bool);
}

/// <summary>The compile-time part of the seam's DropoutKey: seed and step are the run's.</summary>
/// <param name="Layer">The layer's number in its network.</param>
internal readonly record struct DropoutLayerKey(uint Layer)
{
    // Networks have fewer layers than this, so that no two places have one number.
    private const uint Part = 1 << 24;

    /// <summary>That of a layer; of one that drops in several places, of one of them, from 0.</summary>
    public static DropoutLayerKey Of(Graph.Node node, uint place = 0) => new((uint)node.Index + (place * Part));
}
