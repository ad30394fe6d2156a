using Dsl.Conformance;
using Xunit;

namespace ModelTests.Onnx;

/// <summary>A test that onnxruntime judges: skipped where it is not.</summary>
public sealed class FactWithOnnxRuntimeAttribute : FactAttribute
{
    public FactWithOnnxRuntimeAttribute() => Skip = OnnxJudge.Absence;
}
