using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Recurrent layers, a sample and a step at a time.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void PrepareRecurrent(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer biasInput, FloatBuffer biasHidden, FloatBuffer prepared)
    {
        Traffic?.Prepare();
        var result = At(prepared, shape.PreparedFloats);
        result.Fill(float.NaN);
        long at = PutRows(shape, weightInput, shape.Inputs, result, 0);
        at = PutRows(shape, weightHidden, shape.Hidden, result, at);
        at = PutRows(shape, biasInput, 1, result, at);
        PutRows(shape, biasHidden, 1, result, at);
    }

    /// <inheritdoc/>
    public static void PrepareRecurrentBackward(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer prepared)
    {
        // The hidden weights first, unlike the forward weights: so that passing one for the other shows.
        var result = At(prepared, shape.PreparedBackwardFloats);
        result.Fill(float.NaN);
        long at = PutRows(shape, weightHidden, shape.Hidden, result, 0);
        if (!weightInput.IsNone)
            PutRows(shape, weightInput, shape.Inputs, result, at);
    }

    /// <inheritdoc/>
    public static void Recurrent(in RecurrentShape shape, FloatBuffer prepared, FloatBuffer x, IntBuffer lengths, FloatBuffer initial, FloatBuffer y, FloatBuffer final, FloatBuffer saved, int batch)
    {
        (int inputs, int hidden, int steps, int gates) = (shape.Inputs, shape.Hidden, shape.Steps, shape.Gates);
        int rows = gates * hidden;
        var weights = At(prepared, shape.PreparedFloats);
        var input = At(x, (long)batch * steps * inputs);
        var all = y + shape.OutputStart;
        var output = At(all, (((long)batch * steps) - 1) * shape.OutputFloats + hidden, nameof(y));
        Require(!output.Overlaps(input));
        if (!saved.IsNone)
            At(saved, batch * shape.SavedFloats).Fill(float.NaN);
        for (int n = 0; n < batch; n++)
        {
            int length = LengthOf(lengths, n, steps);
            double[] h = new double[hidden];
            double[] c = new double[hidden];
            for (int u = 0; u < hidden && !initial.IsNone; u++)
            {
                var state = At(initial, batch * shape.StateFloats);
                h[u] = state[(n * shape.StateFloats) + u];
                c[u] = shape.Cell == RecurrentCell.LSTM ? state[(n * shape.StateFloats) + hidden + u] : 0;
            }

            var kept = new Kept(shape, saved, n);
            for (int step = 0; step < steps; step++)
            {
                long place = (((long)n * steps) + PositionOf(shape, step, length)) * shape.OutputFloats;
                if (step >= length)
                {
                    for (int u = 0; u < hidden; u++)
                        output[place + u] = 0;
                    continue;
                }

                double[] ofInput = new double[rows];
                double[] ofHidden = new double[rows];
                for (int row = 0; row < rows; row++)
                {
                    ofInput[row] = weights[((long)rows * (inputs + hidden)) + row];
                    ofHidden[row] = weights[((long)rows * (inputs + hidden + 1)) + row];
                    for (int i = 0; i < inputs; i++)
                        ofInput[row] += weights[((long)row * inputs) + i] * input[((((long)n * steps) + PositionOf(shape, step, length)) * inputs) + i];
                    for (int u = 0; u < hidden; u++)
                        ofHidden[row] += weights[((long)rows * inputs) + ((long)row * hidden) + u] * h[u];
                }

                for (int i = 0; i < inputs; i++)
                    kept.SetInput(step, i, input[((((long)n * steps) + PositionOf(shape, step, length)) * inputs) + i]);
                for (int u = 0; u < hidden; u++)
                {
                    kept.SetState(step, u, h[u], c[u]);
                    double At(int gate) => ofInput[(gate * hidden) + u] + ofHidden[(gate * hidden) + u];
                    switch (shape.Cell)
                    {
                        case RecurrentCell.LSTM:
                            (double i, double f, double g, double o) = (Logistic(At(0)), Logistic(At(1)), Math.Tanh(At(2)), Logistic(At(3)));
                            c[u] = (f * c[u]) + (i * g);
                            h[u] = o * Math.Tanh(c[u]);
                            kept.SetGates(step, u, i, f, g, o);
                            break;
                        case RecurrentCell.GRU:
                            (double r, double z) = (Logistic(At(0)), Logistic(At(1)));
                            double reset = ofHidden[(2 * hidden) + u];
                            double candidate = Math.Tanh(ofInput[(2 * hidden) + u] + (r * reset));
                            h[u] = ((1 - z) * candidate) + (z * h[u]);
                            kept.SetGates(step, u, r, z, candidate, reset);
                            break;
                        default:
                            h[u] = Math.Tanh(At(0));
                            kept.SetGates(step, u, h[u], 0, 0, 0);
                            break;
                    }

                    // What the next step and the gradients see is a float.
                    (h[u], c[u]) = ((float)h[u], (float)c[u]);
                    output[place + u] = h[u];
                }

                for (int u = 0; u < hidden; u++)
                    kept.SetState(step + 1, u, h[u], c[u]);
            }

            for (int u = 0; u < hidden && !final.IsNone; u++)
            {
                var state = At(final, batch * shape.StateFloats);
                state[(n * shape.StateFloats) + u] = h[u];
                if (shape.Cell == RecurrentCell.LSTM)
                    state[(n * shape.StateFloats) + hidden + u] = c[u];
            }
        }
    }

    /// <inheritdoc/>
    public static void RecurrentBackward(in RecurrentShape shape, FloatBuffer preparedBackward, IntBuffer lengths, FloatBuffer saved, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeightInput, FloatBuffer dWeightHidden, FloatBuffer dBiasInput, FloatBuffer dBiasHidden, int batch)
    {
        (int inputs, int hidden, int steps) = (shape.Inputs, shape.Hidden, shape.Steps);
        int rows = shape.Gates * hidden;
        var weights = At(preparedBackward, shape.PreparedBackwardFloats);
        double[] ofWeightInput = new double[rows * inputs];
        double[] ofWeightHidden = new double[rows * hidden];
        double[] ofBiasInput = new double[rows];
        double[] ofBiasHidden = new double[rows];
        for (int n = 0; n < batch; n++)
        {
            int length = LengthOf(lengths, n, steps);
            var kept = new Kept(shape, saved, n);
            double[] dh = new double[hidden];
            double[] dc = new double[hidden];
            for (int step = length; step < steps && !dx.IsNone; step++)
            {
                for (int i = 0; i < inputs; i++)
                    At(dx, (long)batch * steps * inputs)[((((long)n * steps) + step) * inputs) + i] = 0;
            }

            for (int step = length - 1; step >= 0; step--)
            {
                int position = PositionOf(shape, step, length);
                double[] ofInput = new double[rows];
                double[] ofHidden = new double[rows];
                double[] carried = new double[hidden];
                for (int u = 0; u < hidden; u++)
                {
                    double d = dh[u] + At(dy + (((((long)n * steps) + position) * shape.OutputFloats) + shape.OutputStart), hidden, nameof(dy))[u];
                    (double g0, double g1, double g2, double g3) = kept.Gates(step, u);
                    void Set(int gate, double gradient) => ofInput[(gate * hidden) + u] = ofHidden[(gate * hidden) + u] = gradient;
                    switch (shape.Cell)
                    {
                        case RecurrentCell.LSTM:
                            double squashed = Math.Tanh(kept.State(step + 1, u).C);
                            double cell = dc[u] + (d * g3 * (1 - (squashed * squashed)));
                            Set(0, cell * g2 * g0 * (1 - g0));
                            Set(1, cell * kept.State(step, u).C * g1 * (1 - g1));
                            Set(2, cell * g0 * (1 - (g2 * g2)));
                            Set(3, d * squashed * g3 * (1 - g3));
                            dc[u] = cell * g1;
                            break;
                        case RecurrentCell.GRU:
                            double candidate = d * (1 - g1) * (1 - (g2 * g2));
                            Set(0, candidate * g3 * g0 * (1 - g0));
                            Set(1, d * (kept.State(step, u).H - g2) * g1 * (1 - g1));
                            ofInput[(2 * hidden) + u] = candidate;
                            ofHidden[(2 * hidden) + u] = candidate * g0;
                            carried[u] = d * g1;
                            break;
                        default:
                            Set(0, d * (1 - (g0 * g0)));
                            break;
                    }
                }

                for (int row = 0; row < rows; row++)
                {
                    ofBiasInput[row] += ofInput[row];
                    ofBiasHidden[row] += ofHidden[row];
                    for (int i = 0; i < inputs; i++)
                        ofWeightInput[(row * inputs) + i] += ofInput[row] * kept.Input(step, i);
                    for (int u = 0; u < hidden; u++)
                    {
                        ofWeightHidden[(row * hidden) + u] += ofHidden[row] * kept.State(step, u).H;
                        carried[u] += ofHidden[row] * weights[((long)row * hidden) + u];
                    }
                }

                dh = carried;
                for (int i = 0; i < inputs && !dx.IsNone; i++)
                {
                    double sum = 0;
                    for (int row = 0; row < rows; row++)
                        sum += ofInput[row] * weights[((long)rows * hidden) + ((long)row * inputs) + i];
                    At(dx, (long)batch * steps * inputs)[((((long)n * steps) + position) * inputs) + i] = sum;
                }
            }
        }

        Give(dWeightInput, ofWeightInput);
        Give(dWeightHidden, ofWeightHidden);
        Give(dBiasInput, ofBiasInput);
        Give(dBiasHidden, ofBiasHidden);
        At(saved, batch * shape.SavedFloats).Fill(float.NaN);
    }

    private static long PutRows(in RecurrentShape shape, FloatBuffer source, int columns, Values result, long at)
    {
        long count = (long)shape.Gates * shape.Hidden * columns;
        var values = At(source, count);
        RequireDisjoint(result, values);
        for (long i = 0; i < count; i++)
            result[at + i] = values[i];
        return at + count;
    }

    private static void Give(FloatBuffer buffer, double[] sums)
    {
        for (int i = 0; i < sums.Length && !buffer.IsNone; i++)
            At(buffer, sums.Length)[i] = sums[i];
    }

    /// <summary>Where in the sequence the step is that comes at that place of the order; padded steps stay where they are.</summary>
    private static int PositionOf(in RecurrentShape shape, int step, int length) => shape.Reverse && step < length ? length - 1 - step : step;

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>What one sample's gradients want, in this backend's order.</summary>
    private readonly struct Kept(RecurrentShape shape, FloatBuffer saved, int sample)
    {
        private long Unit => shape.Inputs + (6L * shape.Hidden);

        private Values Floats => At(saved, (sample + 1) * shape.SavedFloats);

        public void SetInput(int step, int i, double x) => Put((step * Unit) + i, x);

        public double Input(int step, int i) => Get((step * Unit) + i);

        public void SetState(int step, int u, double h, double c)
        {
            Put((step * Unit) + shape.Inputs + u, h);
            Put((step * Unit) + shape.Inputs + shape.Hidden + u, c);
        }

        public (double H, double C) State(int step, int u) => (Get((step * Unit) + shape.Inputs + u), Get((step * Unit) + shape.Inputs + shape.Hidden + u));

        public void SetGates(int step, int u, double g0, double g1, double g2, double g3)
        {
            Put(OfGate(step, 0, u), g0);
            Put(OfGate(step, 1, u), g1);
            Put(OfGate(step, 2, u), g2);
            Put(OfGate(step, 3, u), g3);
        }

        public (double G0, double G1, double G2, double G3) Gates(int step, int u) =>
            (Get(OfGate(step, 0, u)), Get(OfGate(step, 1, u)), Get(OfGate(step, 2, u)), Get(OfGate(step, 3, u)));

        private long OfGate(int step, int gate, int u) => (step * Unit) + shape.Inputs + ((2L + gate) * shape.Hidden) + u;

        private void Put(long place, double value)
        {
            if (!saved.IsNone)
            {
                var floats = Floats;
                floats[(sample * shape.SavedFloats) + place] = value;
            }
        }

        private double Get(long place) => Floats[(sample * shape.SavedFloats) + place];
    }
}
