namespace Dsl.Runtime.Tests.Conformance;

internal sealed record LinearScenario(LinearShape Shape, int Rows, bool Bias, bool Trains, bool Scales, bool WantsDx, bool WantsDWeight, bool WantsDBias) : Scenario
{
    public static LinearScenario From(Draw draw)
    {
        int inputChannels = draw.Chance(0.3) ? draw.Int(1, 9) : 0;
        int inputs = draw.Large ? draw.Int(100, 400) : draw.Chance(0.1) ? draw.Int(500, 1100) : draw.Size(140);
        if (inputChannels > 0)
            inputs = inputChannels * draw.Int(1, draw.Large ? 60 : 12);
        int outputs = draw.Large ? draw.Int(60, 200) : draw.Chance(0.1) ? draw.Int(100, 300) : draw.Size(140);
        int rows = draw.Large ? draw.Int(30, 70) : draw.Chance(0.05) ? draw.Int(90, 210) : draw.Size(inputs * outputs > 10000 ? 10 : 70);
        bool trains = draw.Smooth || draw.Large || draw.Chance(0.7);
        var shape = new LinearShape(inputs, outputs, trains ? draw.TrainingEpilogue() : draw.AnyEpilogue(), inputChannels);
        return new LinearScenario(shape, rows, draw.Chance(0.8), trains, !trains && draw.Chance(0.5), draw.Chance(0.8), draw.Chance(0.8), draw.Chance(0.8));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var shape = Shape;
        int outputs = Shape.Outputs;
        var weight = stage.Input("weight", stage.Values.Weights(outputs, Shape.Inputs));
        var bias = Bias ? stage.Input("bias", outputs) : FloatBuffer.None;
        var scale = Scales ? stage.Input("scale", outputs) : FloatBuffer.None;
        var prepared = stage.Scratch("prepared", Shape.PreparedFloats);
        var x = stage.Input("x", Rows * Shape.Inputs);
        var y = stage.Result("y", Rows * outputs);
        stage.Call(() => TBackend.PrepareLinear(shape, weight, scale, prepared));
        stage.Call(() => TBackend.Linear(shape, prepared, bias, x, y, Rows));
        if (!Trains)
            return;

        stage.Agree(y);
        var backward = WantsDx ? stage.Scratch("preparedBackward", Shape.PreparedBackwardFloats) : FloatBuffer.None;
        var dy = stage.Input("dy", Rows * outputs, Role.Overwritable);
        var dx = WantsDx ? stage.Result("dx", Rows * Shape.Inputs) : FloatBuffer.None;
        var dWeight = WantsDWeight ? stage.Result("dWeight", outputs * Shape.Inputs) : FloatBuffer.None;
        var dBias = Bias && WantsDBias ? stage.Result("dBias", outputs) : FloatBuffer.None;
        if (WantsDx)
            stage.Call(() => TBackend.PrepareLinearBackward(shape, weight, backward));
        stage.Call(() => TBackend.LinearBackward(shape, backward, x, y, dy, dx, dWeight, dBias, Rows));
    }
}
