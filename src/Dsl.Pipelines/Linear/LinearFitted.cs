namespace Dsl.Pipelines.Linear;

/// <summary>A linear model's numbers.</summary>
/// <param name="Sets">1, or one for each class.</param>
/// <param name="Coefficients">Sets × columns.</param>
/// <param name="Intercepts">One a set.</param>
internal sealed record LinearFitted(int Sets, double[] Coefficients, double[] Intercepts)
{
    /// <summary>The same over all columns, where only some had coefficients (null: all had).</summary>
    public LinearFitted Spread(int[]? columns, int size)
    {
        if (columns is null)
            return this;
        double[] all = new double[Sets * size];
        for (int set = 0; set < Sets; set++)
        {
            for (int i = 0; i < columns.Length; i++)
                all[(set * size) + columns[i]] = Coefficients[(set * columns.Length) + i];
        }

        return this with { Coefficients = all };
    }
}
