namespace Dsl.Runtime.Tests.Conformance;

/// <summary>One or two directions of a recurrent layer, with or without lengths, a state to start from and gradients.</summary>
internal sealed record RecurrentScenario(RecurrentShape Shape, int Batch, bool HasLengths, bool HasState, bool Trains, bool WantsDx, bool WantsWeights, bool WantsBiases) : Scenario
{
    public override double Tolerance => 3e-5;

    public static RecurrentScenario Tanh(Draw draw) => From(draw, RecurrentCell.Tanh);

    public static RecurrentScenario Lstm(Draw draw) => From(draw, RecurrentCell.LSTM);

    public static RecurrentScenario Gru(Draw draw) => From(draw, RecurrentCell.GRU);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int outputs = Batch * Shape.Steps * (int)Shape.OutputFloats;
        var x = stage.Input("x", Batch * Shape.Steps * Shape.Inputs);
        int[] drawn = stage.Values.Ints(Batch, 1, Shape.Steps);
        var lengths = HasLengths ? stage.Labels(drawn) : IntBuffer.None;
        var y = stage.Result("y", outputs);
        var dy = Trains ? stage.Input("dy", outputs) : FloatBuffer.None;
        for (int direction = 0; direction < Shape.Directions; direction++)
            Run(stage, Shape with { Reverse = Shape.Directions == 2 ? direction == 1 : Shape.Reverse }, direction == 0 ? "" : "Back", x, lengths, y, dy);
    }

    private static RecurrentScenario From(Draw draw, RecurrentCell cell)
    {
        int directions = draw.Chance(0.25) ? 2 : 1;
        int hidden = draw.Large ? draw.Int(30, 80) : draw.Smooth ? draw.Size(12) : draw.Size(50);
        int steps = draw.Chance(0.1) ? draw.Int(30, 70) : draw.Size(9);
        RecurrentShape shape = new(cell, draw.Chance(0.2) ? draw.Int(1, 3) : draw.Size(40), hidden, steps, directions, directions == 1 && draw.Chance(0.3));
        bool trains = draw.Smooth || draw.Chance(0.7);
        return new RecurrentScenario(
            shape,
            draw.Large ? draw.Int(20, 40) : draw.Chance(0.4) ? draw.Int(1, 3) : draw.Int(4, 19),
            draw.Chance(0.4),
            draw.Chance(0.4),
            trains,
            draw.Chance(0.8),
            draw.Chance(0.8),
            draw.Chance(0.8));
    }

    private void Run<TBackend>(Stage<TBackend> stage, RecurrentShape shape, string suffix, FloatBuffer x, IntBuffer lengths, FloatBuffer y, FloatBuffer dy)
        where TBackend : struct, IBackend
    {
        int rows = shape.Gates * shape.Hidden;
        int state = Batch * (int)shape.StateFloats;
        var weightInput = stage.Input("weightInput" + suffix, stage.Values.Weights(rows, shape.Inputs));
        var weightHidden = stage.Input("weightHidden" + suffix, stage.Values.Weights(rows, shape.Hidden));
        var biasInput = stage.Input("biasInput" + suffix, stage.Values.Normal(rows, 0.5f));
        var biasHidden = stage.Input("biasHidden" + suffix, stage.Values.Normal(rows, 0.5f));
        var prepared = stage.Scratch("prepared" + suffix, shape.PreparedFloats);
        var initial = HasState ? stage.Input("initial" + suffix, stage.Values.Normal(state, 0.7f)) : FloatBuffer.None;
        var final = HasState ? stage.Result("final" + suffix, state) : FloatBuffer.None;
        var saved = Trains ? stage.Scratch("saved" + suffix, Batch * shape.SavedFloats) : FloatBuffer.None;
        stage.Call(() => TBackend.PrepareRecurrent(shape, weightInput, weightHidden, biasInput, biasHidden, prepared));
        stage.Call(() => TBackend.Recurrent(shape, prepared, x, lengths, initial, y, final, saved, Batch));
        if (!Trains)
            return;
        var backward = stage.Scratch("preparedBackward" + suffix, shape.PreparedBackwardFloats);

        // Of two directions each gives a part of the gradient of x.
        var dx = WantsDx ? stage.Result(shape.Directions == 1 ? "dx" : "part" + suffix, Batch * shape.Steps * shape.Inputs) : FloatBuffer.None;
        var dWeightInput = WantsWeights ? stage.Result("dWeightInput" + suffix, rows * shape.Inputs) : FloatBuffer.None;
        var dWeightHidden = WantsWeights ? stage.Result("dWeightHidden" + suffix, rows * shape.Hidden) : FloatBuffer.None;
        var dBiasInput = WantsBiases ? stage.Result("dBiasInput" + suffix, rows) : FloatBuffer.None;
        var dBiasHidden = WantsBiases ? stage.Result("dBiasHidden" + suffix, rows) : FloatBuffer.None;
        stage.Call(() => TBackend.PrepareRecurrentBackward(shape, WantsDx ? weightInput : FloatBuffer.None, weightHidden, backward));
        stage.Call(() => TBackend.RecurrentBackward(shape, backward, lengths, saved, dy, dx, dWeightInput, dWeightHidden, dBiasInput, dBiasHidden, Batch));
    }
}
