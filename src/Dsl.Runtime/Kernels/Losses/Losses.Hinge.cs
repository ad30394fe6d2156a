namespace Dsl.Runtime.Kernels;

/// <content>Hinge.</content>
internal static unsafe partial class Losses
{
    /// <summary>Mean of max(0, 1 - label·score).</summary>
    public static float Hinge(float* scores, int* labels, float* dx, long rows)
    {
        // One score a sample: nothing to win from vectors.
        double sum = 0;
        float weight = 1f / rows;
        for (long i = 0; i < rows; i++)
        {
            float margin = 1 - labels[i] * scores[i];
            bool isMet = margin <= 0;
            sum += isMet ? 0 : margin;
            if (dx != null)
                dx[i] = isMet ? 0 : -labels[i] * weight;
        }

        return (float)(sum / rows);
    }
}
