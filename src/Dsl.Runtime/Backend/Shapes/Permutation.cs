namespace Dsl.Runtime;

/// <summary>
/// y of up to four dimensions with y's axis i = x's axis Axis[i]; batch outside. Dimensions beyond the rank are 1 with their own axis.
/// </summary>
/// <param name="D0">x's first dimension.</param>
/// <param name="D1">x's second dimension.</param>
/// <param name="D2">x's third dimension.</param>
/// <param name="D3">x's fourth dimension.</param>
/// <param name="A0">Axis of x that is y's first.</param>
/// <param name="A1">Axis of x that is y's second.</param>
/// <param name="A2">Axis of x that is y's third.</param>
/// <param name="A3">Axis of x that is y's fourth.</param>
public readonly record struct Permutation(int D0, int D1, int D2, int D3, int A0, int A1, int A2, int A3);
