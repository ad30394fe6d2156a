using Dsl.Spark.Sql;

namespace SparkScoring;

/// <summary>A row of the table of digits.</summary>
/// <param name="Id">Its place in the file.</param>
/// <param name="Label">Which digit it is.</param>
/// <param name="HeldOut">Whether the network did not see it in training.</param>
/// <param name="Pixels">64 pixels, row by row, 0 (paper) to 1 (ink).</param>
[SparkRow]
public sealed partial record Digit(int Id, int Label, bool HeldOut, float[] Pixels);
